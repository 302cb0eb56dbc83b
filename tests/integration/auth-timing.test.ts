/** Time tells nobody who has an account: known and unknown addresses in turn, compared as two samples (Mann-Whitney). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultLimits } from '../../src/limits.ts';
import { newRest } from '../support/rest.ts';

/** TIMING_PAIRS=200 for a measurement worth quoting. */
const pairs = (usual: number) => Number(process.env.TIMING_PAIRS ?? usual);
const many = 1_000_000;
const limits = {
  ...defaultLimits,
  loginFailuresFreeMax: many,
  loginFailuresPerPlaceMax: many,
  loginFailuresPerAccountMax: many,
  registrationsPerPlacePerHourMax: many,
  recoveriesPerPlacePerHourMax: many,
};

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
/** How far the sum of ranks is from chance, in standard deviations. */
const mannWhitneyZ = (a: readonly number[], b: readonly number[]) => {
  const ranked = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))]
    .toSorted((x, y) => x.value - y.value)
    .map((each, at) => ({ ...each, rank: at + 1 }));
  const ranks = ranked.filter(({ isA }) => isA).reduce((sum, { rank }) => sum + rank, 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  return (u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
};

describe('known and unknown addresses take the same time:', () => {
  const asks = [
    {
      name: 'login',
      count: pairs(25),
      slackMs: 12,
      path: '/api/auth/login',
      body: (email: string) => ({ email, password: 'not the password' }),
    },
    { name: 'forgot', count: pairs(150), slackMs: 2, path: '/api/auth/forgot', body: (email: string) => ({ email }) },
    {
      name: 'register',
      count: pairs(25),
      slackMs: 8,
      path: '/api/auth/register',
      body: (email: string) => ({ email, password: 'an owl in the hedge', displayName: 'Somebody' }),
    },
  ];
  for (const { name, count, slackMs, path, body } of asks)
    test(name, async (t) => {
      const rest = await newRest(t, { limits });
      const known = await rest.person();
      const ask = async (email: string) => {
        const since = performance.now();
        await rest.call('POST', path, { json: body(email) });
        return performance.now() - since;
      };
      for (let n = 0; n < 5; n++) await ask(n % 2 === 0 ? known.email : 'warm@example.test');
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let n = 0; n < count; n++) {
        // Now the one first, now the other, so that what follows what is no difference either.
        const turns = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
        for (const which of turns)
          times[which].push(await ask(which === 'known' ? known.email : `nobody${n}@example.test`));
      }
      const [a, b] = [median(times.known), median(times.unknown)];
      const z = mannWhitneyZ(times.known, times.unknown);
      t.diagnostic(`${name}: ${count} pairs, medians ${a.toFixed(2)} and ${b.toFixed(2)} ms, z ${z.toFixed(2)}`);
      // On a busy machine chance alone moves medians; a real difference moves ranks as well.
      assert.ok(Math.abs(a - b) < slackMs || Math.abs(z) < 3, `medians ${a} and ${b} ms, z ${z}`);
    });
});
