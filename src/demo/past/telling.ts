/**
 * One claim's past, told step by step against the room itself: what it refuses is a fault of the story, and what falls due
 * meanwhile happens, as it would have. Nothing happens after now.
 */
import { addDays, addMinutes, addMs, addWorkMinutes, dayOf } from '../../../rooms/calendar.ts';
import type { Claim } from '../../../rooms/claim/claim.ts';
import { deadlines } from '../../../rooms/claim/deadlines.ts';
import { claimRoom } from '../../../rooms/claim/room.ts';
import type { CommandName } from '../../../rooms/claim/transitions.ts';
import type { Facts } from '../../../rooms/facts.ts';
import { type Caller, execute, isRejection } from '../../../rooms/kit.ts';
import { workCalendar } from '../../../rooms/work-calendar.ts';
import { derivedId } from '../../runtime/command-hash.ts';
import { system } from '../../runtime/system.ts';
import type { CoverAt } from './cover.ts';
import type { Dice } from './dice.ts';

/** A command that somebody sent at a time. */
export interface Step {
  readonly room: string;
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly by: Caller;
  readonly at: string;
}

export interface Telling {
  readonly dice: Dice;
  readonly now: string;
  /** As the story stands. */
  readonly claim: Claim;
  /** An id for something in this claim. */
  id(what: string): string;
  does(by: Caller, name: CommandName, input: unknown): void;
  /** So many minutes go by, at any hour. */
  wait(least: number, most: number): void;
  /** So many minutes of work, in office hours. */
  work(least: number, most: number): void;
  /** So many days go by; it is daytime then. */
  days(least: number, most: number): void;
}

export interface Told {
  readonly steps: readonly Step[];
  readonly claim: Claim;
  /** Something of it would have come after now. */
  readonly isCutShort: boolean;
}

interface About {
  readonly room: string;
  readonly from: string;
  /** Now. */
  readonly until: string;
  readonly dice: Dice;
  readonly coverAt: CoverAt;
}

/** Stands for a number nobody knows yet. */
export const unknownNumber = 'CLM-0000-0000000';

const later = (a: string, b: string) => (a > b ? a : b);

export const tell = ({ room, from, until, dice, coverAt }: About, script: (telling: Telling) => void): Told => {
  const steps: Step[] = [];
  let claim: Claim = claimRoom.initial;
  let now = from;
  let isCutShort = false;

  const factsFor = (input: unknown): Facts => {
    const { policyNumber, occurredOn } = { ...claim.loss, ...(input as { loss?: Claim['loss'] }).loss };
    return {
      // It is given when the claim is reported in earnest; no story may write it down.
      claimNumber: unknownNumber,
      policyAtLoss: policyNumber === undefined ? null : coverAt(policyNumber, occurredOn ?? dayOf(now)),
      possibleDuplicates: [],
      // No story asks the desk.
      deskNow: { waiting: [], atWork: [] },
      agentRecord: null,
    };
  };
  const happens = (by: Caller, name: string, input: unknown, at: string, id: string) => {
    const outcome = execute(
      claimRoom,
      claim,
      { name, input, isNew: steps.length === 0 },
      { room, by, now: at, facts: factsFor(input) },
    );
    if (isRejection(outcome))
      throw new Error(`${room}: ${name} at ${at} is refused: ${outcome.rejected} ${JSON.stringify(outcome.details)}`);
    for (const { type, data } of outcome.events) {
      const stamp = { at, by: { accountId: by.accountId, seat: outcome.seat as 'system' }, seq: steps.length + 1 };
      claim = claimRoom.apply[type as 'triaged'](claim, data as never, stamp);
    }
    steps.push({ room, id, name, input, by, at });
  };
  /** What falls due by then, as the deadline clock would have it done. */
  const fallsDue = (by: string) => {
    while (steps.length > 0) {
      const [next] = deadlines(claim).toSorted((a, b) => (a.at < b.at ? -1 : 1));
      if (!next || next.at > by) return;
      const at = later(next.at, claim.changedAt);
      happens(system, next.command, next.input, at, derivedId(next.at, `${room} ${next.name} ${next.at}`));
    }
  };

  script({
    dice,
    get now() {
      return now;
    },
    get claim() {
      return claim;
    },
    id: (what) => derivedId(now, `${room} ${what}`),
    does(by, name, input) {
      now = addMs(now, by === system ? dice.between(300, 1_900) : dice.between(2_000, 55_000));
      if (isCutShort || now > until) {
        isCutShort = true;
        return;
      }
      fallsDue(now);
      happens(by, name, input, now, derivedId(now, `${room} ${steps.length} ${name}`));
    },
    wait(least, most) {
      now = addMinutes(now, dice.between(least, most));
    },
    work(least, most) {
      now = addWorkMinutes(now, dice.between(least, most), workCalendar);
    },
    days(least, most) {
      const day = dayOf(addDays(now, dice.between(least, most)));
      now = later(now, addMinutes(`${day}T00:00:00.000Z`, dice.between(8 * 60, 20 * 60)));
    },
  });
  fallsDue(until);
  return { steps, claim, isCutShort };
};
