/** A claim's history played again through the room's own pure functions, as the journal tells it. */
import { isDeepStrictEqual } from 'node:util';
import type { DataOf } from '../../rooms/claim/events.ts';
import { noOffice } from '../../rooms/given.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { type AnyRoom, type Caller, type Deadline, execute, isRejection } from '../../rooms/kit.ts';
import { system } from '../../src/runtime/system.ts';
import type { Event } from './journal.ts';

export interface Replayed {
  /** The state at each seq; at 0 the claim does not exist. */
  readonly states: readonly { readonly status: string }[];
  /** Events that the room would not have decided on the state they follow. */
  readonly wrong: readonly string[];
  /** The seqs of what the system did because it fell due. */
  readonly dues: ReadonlySet<number>;
  /** What a seat saw at a seq, as it is on the wire; nothing if the claim never stood there, or has no such seat. */
  viewAt(seq: number, seat: string): object | undefined;
}
/** A command as somebody may have asked it: whoever's rights changed meanwhile may have asked it as one or the other. */
export interface Asked {
  readonly by: Caller;
  readonly name: string;
  readonly input: object;
}

const room: AnyRoom = claimRoom;

export const replayed = (
  id: string,
  events: readonly Event[],
  asked: ReadonlyMap<string, readonly Asked[]>,
): Replayed => {
  const states: { readonly status: string }[] = [claimRoom.initial];
  const wrong: string[] = [];
  const dues = new Set<number>();
  const views = new Map<string, object>();
  for (const event of events) {
    const { seq, type, data, at, byId, bySeat, commandId } = event;
    const before = states.at(-1)!;
    const due = byId === system.accountId ? fallenDue(before) : [];
    if (due.some((command) => isDecided(id, before, command, event))) dues.add(seq);
    const triage = type === 'triaged' && byId === system.accountId ? [{ by: system, name: 'triage', input: {} }] : [];
    const commands = [...(asked.get(commandId ?? '') ?? []), ...triage];
    if (commands.length > 0 && !commands.some((command) => isDecided(id, before, command, event)))
      wrong.push(`${id} ${seq}: ${type} on a claim that is ${before.status}`);
    states[seq] = room.apply[type]!(before, data, { at, by: { accountId: byId, seat: bySeat }, seq });
  }
  return {
    states,
    wrong,
    dues,
    viewAt(seq, seat) {
      const state = states[seq];
      if (seq === 0 || !state || !Object.hasOwn(room.view, seat)) return undefined;
      const key = `${seq} ${seat}`;
      let view = views.get(key);
      if (!view) views.set(key, (view = JSON.parse(JSON.stringify(room.view[seat]!(state))) as object));
      return view;
    },
  };
};

/** The event is what the room decides for this command on this state. */
export const isDecided = (id: string, before: { readonly status: string }, asked: Asked, event: Event): boolean => {
  const { by, name, input } = asked;
  if (by.accountId !== event.byId) return false;
  // What was looked up for it stands in the event itself.
  const { number, coverage, possibleDuplicates = [] } = event.data as Partial<DataOf<'reported'>>;
  const facts = {
    claimNumber: String(number),
    policyAtLoss: coverage?.policy ?? null,
    possibleDuplicates,
    ...noOffice,
  };
  const outcome = execute(
    room,
    before,
    { name, input, isNew: event.seq === 1 },
    { room: id, by, now: event.at, facts },
  );
  if (isRejection(outcome)) return false;
  const { seat, events } = JSON.parse(JSON.stringify(outcome)) as typeof outcome;
  return isDeepStrictEqual({ seat, events }, { seat: event.bySeat, events: [{ type: event.type, data: event.data }] });
};

/** Before it is reported a claim waits for nobody but its deadlines; whose clock they fell due by is not asked. */
const fallenDue = (state: { readonly status: string }): readonly Asked[] => {
  const deadlines: readonly Deadline[] = room.deadlines?.(state) ?? [];
  return deadlines.map(({ command, input }) => ({ by: system, name: command, input: input as object }));
};
