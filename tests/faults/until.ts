/** Waiting for something to be so, never longer than a deadline: a fault test that hangs tells nobody what was wrong. */
import { setTimeout as sleep } from 'node:timers/promises';

const everyMs = 10;

/** True as soon as it is so; false when it was not in time. */
export const comesTrue = async (isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> => {
  for (const deadline = performance.now() + withinMs; performance.now() < deadline; await sleep(everyMs))
    if (await isTrue()) return true;
  return isTrue();
};

/** The same, where going on without it makes no sense. */
export const until = async (what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 20_000) => {
  if (!(await comesTrue(isTrue, withinMs))) throw new Error(`After ${withinMs} ms still not: ${what}.`);
};
