/** The generator measured against a server whose faults are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFakeServer } from '../client/fake-server.ts';
import { createCrowd } from './crowd.ts';
import type { Order } from './messages.ts';
import { play } from './play.ts';
import type { Scenario } from './scenario.ts';

/** Two agents who both watch the one claim and take turns. */
const pair: Scenario = {
  name: 'pair',
  summary: '',
  systems: [],
  agents: 2,
  claims: 1,
  noteLength: 20,
  watches: () => [0],
  groupOf: () => 0,
  pairs: () => [
    [0, 0],
    [1, 0],
  ],
  judge: () => [],
};
const order = (url: string): Order => ({
  scenario: 'pair',
  url,
  claims: ['claim/one'],
  people: null,
  timing: { rate: 100, warmupSeconds: 0.2, seconds: 1, seed: 1 },
  share: { index: 0, of: 1 },
});
const quietly = { scenario: pair, measured: () => {} };
const patchOf = (seq: number, input: unknown) => {
  const { id } = input as { id: string };
  return { room: 'claim/one', seat: 'desk', epoch: 1, from: seq - 1, seq, patch: { notes: { [id]: { n: seq } } } };
};

test('what was sent is answered and seen by everyone, and only the time after the warm-up counts', async (t) => {
  let seq = 1;
  const server = await newFakeServer(t, {
    command({ input }) {
      server.tell(patchOf(++seq, input));
      return { ok: true, epoch: 1, seq };
    },
  });
  const crowd = await createCrowd(pair, order(server.url));
  t.after(crowd.close);
  const tally = await play({ ...quietly, crowd, order: order(server.url) });
  assert.deepEqual([tally.sent, tally.acked, tally.seen, tally.errors], [100, 100, 100, {}]);
  assert.equal(server.commands.length, 120);
  assert.ok(tally.lateMs.every((ms) => ms >= 0));
});

test('a stall is seen as the waiting of everything that was due meanwhile', async (t) => {
  let seq = 1;
  const startedAt = performance.now();
  const server = await newFakeServer(t, {
    async command({ input }) {
      const at = performance.now() - startedAt;
      if (at > 500 && at < 900) await sleep(900 - at);
      server.tell(patchOf(++seq, input));
      return { ok: true, epoch: 1, seq };
    },
  });
  const crowd = await createCrowd(pair, order(server.url));
  t.after(crowd.close);
  const tally = await play({ ...quietly, crowd, order: order(server.url) });
  // 400 ms at 100 a second: about forty commands waited, half of them 200 ms and more. A closed loop would show two.
  const waited = tally.ackMs.filter((ms) => ms > 200).length;
  assert.ok(waited >= 15, `${waited} waited`);
  assert.equal(tally.acked, 100);
});

test('refused commands and notes that somebody never sees are counted, not forgotten', async (t) => {
  let seq = 1;
  const server = await newFakeServer(t, {
    command({ input }, nth) {
      if (nth % 4 === 0) return { ok: false, code: 'forbidden', retry: 'no' };
      if (nth % 4 !== 1) server.tell(patchOf(++seq, input));
      return { ok: true, epoch: 1, seq };
    },
  });
  const crowd = await createCrowd(pair, order(server.url));
  t.after(crowd.close);
  const tally = await play({ ...quietly, crowd, order: order(server.url), patienceMs: 100 });
  assert.deepEqual([tally.sent, tally.acked, tally.seen], [100, 75, 50]);
  assert.deepEqual(tally.errors, { forbidden: 25, unseen: 25 });
});
