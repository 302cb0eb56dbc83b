/**
 * Sends what the schedule says when it says it, and measures from that moment, not from when it got round to sending:
 * a stall is then seen as the waiting it is, by every command that was due meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { commandId } from '../client/index.ts';
import type { Crowd } from './crowd.ts';
import type { Tally } from './messages.ts';
import { createRandom, noteText } from './random.ts';
import { createTally } from './tally.ts';
import { scheduleOf, type Timing, type Work } from './work.ts';

interface Play {
  readonly work: Work;
  readonly crowd: Crowd;
  readonly timing: Timing;
  /** Called when the last command is sent and the time is over; answers may still be coming. */
  readonly measured: () => void;
  /** Commands unanswered or unseen so long after the end are given up and counted. */
  readonly patienceMs?: number;
}

export const play = async ({ work, crowd, timing, measured, patienceMs = 5_000 }: Play): Promise<Tally> => {
  const { due, agent, claim } = scheduleOf(work, timing);
  const turns = Array.from(due.keys()).filter((turn) => crowd.has(agent[turn]!));
  const random = createRandom(timing.seed);
  const texts = Array.from({ length: 500 }, () => noteText(work.noteLength, random));
  const warmupMs = timing.warmupSeconds * 1_000;
  const endMs = warmupMs + timing.seconds * 1_000;
  const tally = createTally();
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const sleepUntil = (ms: number) => sleep(Math.max(0, ms - elapsed()));

  const fire = (turn: number, now: number) => {
    const dueMs = due[turn]!;
    const dueAt = startedAt + dueMs;
    const isMeasured = dueMs >= warmupMs;
    if (isMeasured) tally.sent(now - dueMs);
    crowd.write(
      agent[turn]!,
      claim[turn]!,
      { id: commandId(), text: texts[turn % texts.length]! },
      {
        acked(ack, at) {
          if (isMeasured) tally.answered(ack, at - dueAt);
        },
        seen(at) {
          if (isMeasured) tally.seen(at - dueAt);
        },
      },
    );
  };

  void sleepUntil(warmupMs).then(tally.watch);
  for (let next = 0; next < turns.length; ) {
    const now = elapsed();
    while (next < turns.length && due[turns[next]!]! <= now) fire(turns[next++]!, now);
    if (next < turns.length) await sleepUntil(due[turns[next]!]!);
  }
  await sleepUntil(endMs);
  tally.rest();
  measured();
  while (!(tally.isAnswered && crowd.isEverythingSeen) && elapsed() < endMs + patienceMs) await sleep(20);
  return tally.close(crowd.counts());
};
