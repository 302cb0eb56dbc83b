/**
 * The demo's people at work: one command every other second, each by somebody who is signed in as a visitor would be and
 * goes by what the server shows and offers them. Whoever has the page open sees claims move.
 */
import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from '../../limits.ts';
import { createDice } from '../past/dice.ts';
import type { Act } from './act.ts';
import { newLoss, oneWaiting } from './arriving.ts';
import { chooseAct } from './choose.ts';
import { colleagues, office } from './colleagues.ts';
import { createHand } from './hand.ts';
import { createPerson, type Person } from './person.ts';
import { keepShift } from './shift.ts';
import { type Known, turnsAt } from './turns.ts';

export interface Player {
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}

interface PlayerEdges {
  readonly url: string;
  readonly limits: Limits;
  /** The same seed makes the same choices of the same views. */
  readonly seed?: string;
  readonly log: { debug(fields: object, message: string): void };
  /** For whoever runs the demo. */
  readonly say: (text: string) => void;
}

/** Claims looked at in vain before the office pauses. */
const looksMax = 5;

export const startPlayer = ({ url, limits, seed = 'an office at work', log, say }: PlayerEdges): Player => {
  const ending = new AbortController();
  const { signal } = ending;
  const dice = createDice(seed);
  const hand = createHand({ inHandMax: limits.demoClaimsInHandMax, openMax: limits.demoClaimsOpenMax });
  const staff = colleagues.map((one) => createPerson(one, { url, answerMsMax: limits.demoAnswerMsMax, signal }));
  const byEmail = new Map(staff.map((person) => [person.email, person]));
  let sent = 0;

  const send = async (id: string, act: Act, by: Person): Promise<boolean> => {
    sent++;
    const ack = await by.send(id, act);
    const fields = { claim: id, command: act.name, by: by.email };
    if (ack?.ok) log.debug(fields, 'the demo’s player did this');
    else if (!signal.aborted) log.debug({ ...fields, code: ack?.code ?? 'no answer' }, 'the demo’s player was refused');
    return ack?.ok === true;
  };

  const report = async (): Promise<boolean> => {
    const loss = await newLoss(staff, dice, new Date().toISOString());
    if (!loss) return false;
    const id = randomUUIDv7();
    const status = loss.act.name === 'startDraft' ? 'draft' : 'submitted';
    if (await send(id, loss.act, loss.by)) hand.report({ id, status, holderId: loss.holderId });
    return true;
  };

  /** The first who finds something to do does it. */
  const workOn = async (claim: Known): Promise<boolean> => {
    for (const { email } of turnsAt(claim, staff, dice)) {
      const person = byEmail.get(email)!;
      const glance = await person.look(claim.id);
      if (!glance) continue;
      hand.learn(claim.id, glance);
      const now = new Date().toISOString();
      const act = chooseAct(glance, { me: person.caller, office, now, dice, newId: randomUUIDv7 });
      if (!act) continue;
      if (!(await send(claim.id, act, person))) hand.drop(claim.id);
      return true;
    }
    hand.drop(claim.id);
    return false;
  };

  const step = async (): Promise<boolean> => {
    const next = hand.next(dice);
    if (next === 'report') return report();
    const claim = next === 'take-up' ? await oneWaiting(staff, dice, hand.has) : next;
    if (!claim) return false;
    hand.take(claim);
    return workOn(claim);
  };

  const play = async () => {
    while (!signal.aborted && sent < limits.demoCommandsMax) {
      await sleep(dice.between(limits.demoPauseMsMin, limits.demoPauseMsMax), undefined, { signal });
      for (let looks = 0; looks < looksMax && !signal.aborted; looks++) if (await attempt()) break;
    }
    if (!signal.aborted) say(`The demo's people have sent ${sent} commands and go home; start it again for more.`);
  };
  /** The server may be away, or somebody else have been quicker: there is always another claim. */
  const attempt = () =>
    step().catch((error: unknown) => {
      if (!signal.aborted) log.debug({ error: String(error) }, 'the demo’s player could not go on');
      return true;
    });

  const shift = keepShift(staff, { everyMs: limits.demoSignsEveryMs, signal });
  const over = play()
    // Only a pause that was ended.
    .catch(() => undefined)
    .then(async () => {
      // They go home, and are silent from then on.
      ending.abort();
      await shift.catch(() => undefined);
      for (const person of staff) person.close();
    });

  return {
    async stop() {
      ending.abort();
      for (const person of staff) person.close();
      await over;
    },
  };
};
