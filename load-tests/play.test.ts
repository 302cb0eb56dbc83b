/** The generator measured against a server whose faults are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFakeServer } from '../client/fake-server.ts';
import { createClientCrowd } from './client-crowd.ts';
import type { CreateCrowd } from './crowd.ts';
import type { Order } from './messages.ts';
import { play } from './play.ts';
import { createRawCrowd } from './raw-crowd.ts';
import type { Work } from './work.ts';

/** Two agents who both watch the one claim and take turns. */
const pair: Work = {
  name: 'pair',
  agents: 2,
  claims: 1,
  noteLength: 20,
  watches: () => [0],
  groupOf: () => 0,
  pairs: () => [
    [0, 0],
    [1, 0],
  ],
};
const timing = { rate: 100, warmupSeconds: 0.2, seconds: 1, seed: 1 };
const quietly = { work: pair, timing, measured: () => {} };
const order = (url: string): Order => ({
  work: 'pair',
  crowd: 'client',
  url,
  claims: ['claim/one'],
  people: null,
  share: { index: 0, of: 1 },
});
const patchOf = (seq: number, input: unknown, from = seq - 1) => {
  const { id } = input as { id: string };
  return {
    room: 'claim/one',
    seat: 'desk',
    epoch: 1,
    from,
    seq,
    patch: { notes: { [id]: { n: seq } }, noteCount: seq - 1 },
  };
};
const crowds: readonly (readonly [name: string, create: CreateCrowd])[] = [
  ['the real client', createClientCrowd],
  ['raw sockets', createRawCrowd],
];

for (const [name, createCrowd] of crowds) {
  test(`${name}: what was sent is answered and seen by everyone, and only the time after the warm-up counts`, async (t) => {
    let seq = 1;
    const server = await newFakeServer(t, {
      command({ input }) {
        server.tell(patchOf(++seq, input));
        return { ok: true, epoch: 1, seq };
      },
    });
    const crowd = await createCrowd(pair, order(server.url));
    t.after(crowd.close);
    const tally = await play({ ...quietly, crowd });
    assert.deepEqual([tally.sent, tally.acked, tally.seen, tally.errors], [100, 100, 100, {}]);
    assert.equal(server.commands.length, 120);
    assert.equal(tally.deliveries, 240);
    assert.ok(tally.lateMs.every((ms) => ms >= 0));
    const again = await play({ ...quietly, crowd, timing: { ...timing, seconds: 0.2 } });
    assert.deepEqual([again.sent, again.seen, again.deliveries, again.errors], [20, 20, 80, {}]);
  });

  test(`${name}: a stall is seen as the waiting of everything that was due meanwhile`, async (t) => {
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
    const tally = await play({ ...quietly, crowd });
    // 400 ms at 100 a second: about forty commands waited, half of them 200 ms and more. A closed loop would show two.
    const waited = tally.ackMs.filter((ms) => ms > 200).length;
    assert.ok(waited >= 15, `${waited} waited`);
    assert.equal(tally.acked, 100);
  });

  test(`${name}: commands that get no answer, and a no, are counted`, async (t) => {
    let seq = 1;
    const server = await newFakeServer(t, {
      command({ input }, nth) {
        if (nth > 110) return 'silence';
        if (nth % 4 === 0) return { ok: false, code: 'forbidden', retry: 'no' };
        server.tell(patchOf(++seq, input));
        return { ok: true, epoch: 1, seq };
      },
    });
    const crowd = await createCrowd(pair, order(server.url));
    t.after(crowd.close);
    const { sent, acked, seen, errors } = await play({ ...quietly, crowd, patienceMs: 100 });
    assert.deepEqual([sent, acked, seen], [100, 68, 68]);
    assert.deepEqual(errors, { forbidden: 22, unanswered: 10 });
  });
}

test('the real client: notes that somebody never sees are counted, not forgotten', async (t) => {
  let seq = 1;
  const server = await newFakeServer(t, {
    command({ input }, nth) {
      if (nth % 2 === 0) server.tell(patchOf(++seq, input));
      return { ok: true, epoch: 1, seq };
    },
  });
  const crowd = await createClientCrowd(pair, order(server.url));
  t.after(crowd.close);
  const tally = await play({ ...quietly, crowd, patienceMs: 100 });
  assert.deepEqual([tally.acked, tally.seen], [100, 50]);
  assert.deepEqual(tally.errors, { unseen: 50 });
});

test('raw sockets: a patch nobody is sent is unseen and leaves a hole; one without its note is miscounted', async (t) => {
  let seq = 1;
  const server = await newFakeServer(t, {
    command({ input }, nth) {
      seq++;
      if (nth === 60) server.tell({ ...patchOf(seq, input), patch: {} });
      else if (nth !== 120) server.tell(patchOf(seq, input));
      return { ok: true, epoch: 1, seq };
    },
  });
  const crowd = await createRawCrowd(pair, order(server.url));
  t.after(crowd.close);
  const { errors } = await play({ ...quietly, crowd, patienceMs: 100 });
  assert.deepEqual(errors, { unseen: 1, miscounted: 1 });
  const { errors: later } = await play({ ...quietly, crowd, patienceMs: 100 });
  assert.equal(later['hole'], 2);
});

test('raw sockets: busy is asked again under the same id, and its waiting counts', async (t) => {
  const server = await newFakeServer(t, {
    command({ id, input }, nth) {
      if (nth === 60) return { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 200 };
      const isRepeat = server.commands.filter((command) => command.id === id).length > 1;
      const seq = nth > 60 ? nth : nth + 1;
      server.tell(patchOf(seq, input));
      return { ok: true, epoch: 1, seq, ...(isRepeat && { repeated: true }) };
    },
  });
  const crowd = await createRawCrowd(pair, order(server.url));
  t.after(crowd.close);
  const tally = await play({ ...quietly, crowd });
  assert.deepEqual([tally.acked, tally.seen, tally.repeated, tally.errors], [100, 100, 1, {}]);
  assert.equal(tally.ackMs.filter((ms) => ms >= 190).length, 1);
});
