/**
 * Sends what the schedule says when it says it, and measures from that moment, not from when it got round to sending:
 * a stall is then seen as the waiting it is, by every command that was due meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandId } from '../client/index.ts';
import type { Crowd } from './crowd.ts';
import type { Order, Tally } from './messages.ts';
import { createRandom, noteText } from './random.ts';
import { type Scenario, scheduleOf } from './scenario.ts';

/** Commands still unanswered or unseen so long after the last one was due are given up and counted. */
const patienceMs = 5_000;

export const play = async (
  scenario: Scenario,
  crowd: Crowd,
  { timing, share }: Order,
  measured: () => void,
): Promise<Tally> => {
  const { due, agent, claim } = scheduleOf(scenario, timing);
  const turns = Array.from(due.keys()).filter((turn) => crowd.has(agent[turn]!));
  const random = createRandom(timing.seed + 1 + share.index);
  const texts = Array.from({ length: 500 }, () => noteText(scenario.noteLength, random));
  const warmupMs = timing.warmupSeconds * 1_000;
  const endMs = warmupMs + timing.seconds * 1_000;
  const ackMs: number[] = [];
  const seenMs: number[] = [];
  const lateMs: number[] = [];
  const errors: Record<string, number> = {};
  const count = (code: string, times = 1) => {
    if (times > 0) errors[code] = (errors[code] ?? 0) + times;
  };
  let sent = 0;
  let answered = 0;

  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const sleepUntil = (ms: number) => sleep(Math.max(0, ms - elapsed()));

  const fire = (turn: number, now: number) => {
    const dueMs = due[turn]!;
    const isMeasured = dueMs >= warmupMs;
    const id = commandId();
    crowd.expect(claim[turn]!, id, () => {
      if (isMeasured) seenMs.push(elapsed() - dueMs);
    });
    const answer = crowd.room(agent[turn]!, claim[turn]!).send('addNote', { id, text: texts[turn % texts.length]! });
    if (!isMeasured) return;
    sent++;
    lateMs.push(now - dueMs);
    void answer.then((ack) => {
      answered++;
      if (ack.ok) ackMs.push(elapsed() - dueMs);
      else count(ack.code);
    });
  };

  const delay = monitorEventLoopDelay({ resolution: 2 });
  let cpu = process.cpuUsage();
  void sleepUntil(warmupMs).then(() => {
    delay.enable();
    cpu = process.cpuUsage();
  });
  for (let next = 0; next < turns.length; ) {
    const now = elapsed();
    while (next < turns.length && due[turns[next]!]! <= now) fire(turns[next++]!, now);
    if (next < turns.length) await sleepUntil(due[turns[next]!]!);
  }
  await sleepUntil(endMs);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  measured();

  while ((answered < sent || !crowd.isEverythingSeen) && elapsed() < endMs + patienceMs) await sleep(20);
  count('unanswered', sent - answered);
  count('unseen', ackMs.length - seenMs.length);
  return {
    sent,
    acked: ackMs.length,
    seen: seenMs.length,
    errors: { ...errors },
    ackMs: Float64Array.from(ackMs),
    seenMs: Float64Array.from(seenMs),
    lateMs: Float64Array.from(lateMs),
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    cpuPercent: (user + system) / 1e4 / timing.seconds,
  };
};
