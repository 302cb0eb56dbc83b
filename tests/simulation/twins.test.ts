/** A simulator that finds nothing proves nothing: each twin of the system with one mistake in it is found out soon, and by the right invariant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { twinNames, twins } from './broken/twins.ts';
import type { Found, Search } from './broken/worker.ts';

const seedsMax = 200;

const find = (search: Search) =>
  new Promise<Found>((resolve, reject) => {
    const worker = new Worker(new URL('broken/worker.ts', import.meta.url), { workerData: search });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the search ended without a word')));
  });

for (const twin of twinNames)
  test(`${twin} is found out within ${seedsMax} seeds`, async (t) => {
    const { seed, red, others, brokenOff } = await find({ twin, from: 1, to: seedsMax });
    assert.deepEqual(brokenOff, []);
    assert.ok(seed !== null, `${seedsMax} runs, and no ${twins[twin].about.join(', ')}`);
    const also = others.length > 0 ? ` (also ${others.join(', ')})` : '';
    t.diagnostic(`${twin}: after ${seed} seeds, by ${Object.keys(red).join(', ')}${also}`);
  });
