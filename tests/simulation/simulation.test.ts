/** The cluster under everything that can go wrong: every run of every seed keeps all promises. For more: `npm run simulate`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { pinnedSeeds } from './pinned-seeds.ts';
import { type Done, runSeeds } from './runs.ts';
import { simulate } from './simulate.ts';

const seeds = 300;
const isGreen = ({ outcome }: Done) => outcome?.isGreen === true;
/** What a reader needs to see it again. */
const told = ({ seed, error, outcome }: Done) =>
  `npm run simulate -- --seed ${seed}: ${error ?? JSON.stringify(outcome?.red, null, 2)}`;

test(`${seeds} seeds: nothing acked is lost, nothing happens twice, nobody sees what is not theirs, everybody arrives`, async (t) => {
  const failed: string[] = [];
  const totals: Record<string, number> = {};
  await runSeeds({
    seeds,
    from: 1,
    onDone(done) {
      if (!isGreen(done)) failed.push(told(done));
      const { figures, did } = done.outcome ?? {};
      for (const [what, count] of Object.entries({ ...figures, ...did })) totals[what] = (totals[what] ?? 0) + count;
    },
  });
  t.diagnostic(
    Object.entries(totals)
      .map(([what, count]) => `${what} ${count}`)
      .join(', '),
  );
  assert.deepEqual(failed, []);
  // Runs in which nothing goes wrong prove nothing.
  for (const what of ['fenced', 'unknown', 'moved', 'regained', 'repaired', 'audited', 'handedOver', 'suspected'])
    assert.ok((totals[what] ?? 0) > seeds / 4, `${what}: ${totals[what]}`);
});

test('seeds that once failed', async () => {
  const failed: string[] = [];
  for (const { seed } of pinnedSeeds)
    await runSeeds({ seeds: 1, from: seed, onDone: (done) => void (isGreen(done) || failed.push(told(done))) });
  assert.deepEqual(failed, []);
});

test('the same seed is the same run, to the last message', async () => {
  const trace = async (seed: number) => {
    const lines: string[] = [];
    await simulate(seed, { trace: (line) => lines.push(line) });
    return lines;
  };
  const [first, again, other] = [await trace(7), await trace(7), await trace(8)];
  assert.ok(first.length > 100);
  assert.deepEqual(again, first);
  assert.ok(!isDeepStrictEqual(other, first));
});
