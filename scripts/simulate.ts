/**
 * `npm run simulate -- --seeds 1000 --from 1`: whole clusters, one after another, each from its seed. Ends in one line,
 * `N passed, M failed`. A failing seed is told with how to see it again: `npm run simulate -- --seed 42` traces every step.
 */
import { parseArgs } from 'node:util';
import { runSeeds } from '../tests/simulation/runs.ts';
import { simulate } from '../tests/simulation/simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    threads: { type: 'string' },
  },
});
const whole = (name: string, text: string) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${name} is a whole number of 1 or more, not ${text}`);
  return number;
};

const one = async (seed: number) => {
  const outcome = await simulate(seed, { trace: (line) => console.log(line) });
  const { isGreen, red, figures, did, healedMs } = outcome;
  console.log(JSON.stringify({ seed, isGreen, figures, did, healedMs: Math.round(healedMs), red }, null, 2));
  if (!isGreen) process.exitCode = 1;
};

const many = async (seeds: number, from: number) => {
  const since = performance.now();
  let done = 0;
  const totals: Record<string, number> = {};
  const failed = await runSeeds({
    seeds,
    from,
    ...(values.threads !== undefined && { threads: whole('threads', values.threads) }),
    onDone({ seed, error, outcome }) {
      done++;
      for (const [what, count] of Object.entries({ ...outcome?.figures, ...outcome?.did }))
        totals[what] = (totals[what] ?? 0) + count;
      if (error !== undefined) console.log(`seed ${seed} broke off: ${error}`);
      else if (outcome && !outcome.isGreen) console.log(`seed ${seed} failed: ${JSON.stringify(outcome.red, null, 2)}`);
      if (error !== undefined || !outcome?.isGreen)
        console.log(`  to see it again: npm run simulate -- --seed ${seed}`);
      if (done % 1_000 === 0)
        console.log(`${done} of ${seeds} after ${Math.round((performance.now() - since) / 1_000)} s`);
    },
  });
  console.log(
    Object.entries(totals)
      .map(([what, count]) => `${what} ${count}`)
      .join(', '),
  );
  console.log(`${seeds - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
};

if (values.seed !== undefined) await one(whole('seed', values.seed));
else await many(whole('seeds', values.seeds), whole('from', values.from));
