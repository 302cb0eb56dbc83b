/** One row's claim, from the draft to where its handler leaves it: each command when the one before has been answered. */
import type { Ack, Refusal } from '../../rooms/protocol.ts';
import { bounds } from './bounds.ts';
import type { Desk, View } from './desk.ts';
import type { Filing } from './filing.ts';
import { handling, intake, payableOf, settlement, type Step } from './steps.ts';
import type { Tally } from './tally.ts';
import { stepText, wordsOf } from './words.ts';

/**
 * filed: all of it new. already: all of it had been done. continued: some of it had. refused: there is no claim.
 * stopped: filed, until a rule said no. unfinished: nobody can say; the next run may.
 */
export type FateKind = 'filed' | 'already' | 'continued' | 'refused' | 'stopped' | 'unfinished';
export interface Fate {
  readonly line: number;
  readonly kind: FateKind;
  readonly reasons: readonly string[];
  readonly remarks: readonly string[];
  readonly room?: string;
}

/** Said of the login or the machinery and not of the claim: with them nothing is accounted for. */
const isOfTheRow = ({ code }: Refusal) => code.startsWith('claim/') || code === 'invalid';

export const live = async (filing: Filing, desk: Desk, tally: Tally, dueAt: number): Promise<Fate> => {
  const { line, room } = filing;
  const remarks = [...filing.remarks];
  const seeing: Promise<void>[] = [];
  const watch = desk.watch(room);
  let isWatching = false;
  let sent = 0;
  let repeats = 0;
  let isBegunBefore = false;
  let done = 0;

  const fate = (kind: FateKind, ...reasons: string[]): Fate => ({ line, kind, reasons, remarks, room });

  const send = async (step: Step): Promise<Ack> => {
    const { name, key } = step;
    const id = filing.commandId(`${name} ${key}`);
    // The first was due when the schedule said so, however long it had to wait for its turn.
    const since = sent++ === 0 ? dueAt : performance.now();
    const ack = await desk.send(room, step, id);
    const ms = performance.now() - since;
    tally.answered(ack.ok ? { room, line, name, id, seq: ack.seq } : null, ms, ack.ok && ack.repeated === true);
    if (!ack.ok) return ack;
    done++;
    // A later one may also be the client's own second attempt, after its connection was lost.
    if (ack.repeated && done === 1) isBegunBefore = true;
    if (ack.repeated) repeats++;
    else if (isWatching) seeing.push(see(ack.seq, since));
    return ack;
  };
  const see = async (at: number, since: number) => {
    const view = await watch.until(({ seq }) => seq >= at, bounds.seenMsMax);
    tally.seen(view && performance.now() - since);
  };
  /** How it ended, if it ended here. */
  const sendAll = async (steps: readonly Step[]): Promise<Fate | null> => {
    for (const step of steps) {
      const ack = await send(step);
      if (ack.ok) continue;
      const said = `${stepText(step.name, step.key)}: ${wordsOf(ack, filing.currency)}`;
      return isOfTheRow(ack) ? fate(done === 0 ? 'refused' : 'stopped', said) : fate('unfinished', said);
    }
    return null;
  };
  const triaged = async (): Promise<View | Fate> => {
    const joined = await watch.join();
    if (!joined.ok) return fate('unfinished', `watching: ${wordsOf(joined, filing.currency)}`);
    isWatching = true;
    // By the system, by itself; a handler takes over what has been weighed.
    const view = await watch.until(({ view: { status } }) => !waitsForTriage.has(status), bounds.triageMsMax);
    return view ?? fate('unfinished', 'nobody has triaged it in time');
  };
  const decide = (view: View): readonly Step[] => {
    if (!filing.isSettled) return [];
    const inQuestion = view.coverage?.inQuestion ?? [];
    if (inQuestion.length > 0)
      remarks.push(`not decided, as the cover is in question: ${inQuestion.join(', ').replaceAll('-', ' ')}`);
    else if (payableOf(filing.parts) === 0) remarks.push('not decided, as nothing is left to pay after the excess');
    else return settlement(filing);
    return [];
  };
  const run = async (): Promise<Fate> => {
    const early = await sendAll(intake(filing));
    if (early) return early;
    const view = await triaged();
    if ('kind' in view) return view;
    const ended = (await sendAll(handling(filing))) ?? (await sendAll(decide(view)));
    return ended ?? fate(isBegunBefore ? (repeats === done ? 'already' : 'continued') : 'filed');
  };

  const ending = await run();
  await Promise.all(seeing);
  watch.leave();
  return ending;
};

const waitsForTriage: ReadonlySet<string> = new Set(['draft', 'submitted']);
