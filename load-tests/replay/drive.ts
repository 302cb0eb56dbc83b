/** Begins rows at their rate, whether or not earlier ones have ended, as long as not too many are under way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bounds } from './bounds.ts';
import type { Desk } from './desk.ts';
import type { Filing } from './filing.ts';
import { type Fate, live } from './life.ts';
import type { Tally } from './tally.ts';

interface Drive {
  readonly filings: readonly Filing[];
  readonly ratePerSecond: number;
  readonly desk: Desk;
  readonly tally: Tally;
  /** Begins no more rows; those under way are ended. */
  readonly stop: AbortSignal;
  readonly ended: (fate: Fate) => void;
}

export const drive = async ({ filings, ratePerSecond, desk, tally, stop, ended }: Drive): Promise<void> => {
  const underWay = new Set<Promise<void>>();
  const since = performance.now();
  for (const [n, filing] of filings.entries()) {
    const dueAt = since + (n * 1_000) / ratePerSecond;
    await sleep(Math.max(0, dueAt - performance.now()), undefined, { signal: stop }).catch(() => {});
    while (underWay.size >= bounds.rowsAtOnceMax) await Promise.race(underWay);
    if (stop.aborted) break;
    const row = live(filing, desk, tally, dueAt).then(ended);
    underWay.add(row);
    void row.finally(() => underWay.delete(row));
  }
  await Promise.all(underWay);
};
