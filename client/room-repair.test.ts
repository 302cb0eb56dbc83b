import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JoinAck, Refusal } from '../rooms/protocol.ts';
import { boardId as id, newClient, newFakeServer, notFound, patch, sight, until } from './fake-server.ts';

const busy: Refusal = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 5 };

test('patches that overtake the answer to the join are kept and put on top of it', async (t) => {
  const answer = Promise.withResolvers<JoinAck>();
  const server = await newFakeServer(t, { join: () => answer.promise });
  const room = newClient(t, server).room(id);
  const joined = room.join();
  await until(() => server.joins.length === 1);
  for (const seq of [3, 4, 5]) server.tell(patch(seq - 1, seq, { [`at${seq}`]: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  answer.resolve(sight(4, { at4: true }));
  await joined;
  assert.deepEqual([room.state.seq, room.state.view], [5, { at4: true, at5: true }]);
});

test('a hole is repaired by asking for what is missing', async (t) => {
  const server = await newFakeServer(t, {
    join: ({ since }) =>
      since
        ? {
            ok: true,
            seat: 'desk',
            epoch: 1,
            seq: 6,
            offers: [],
            patches: [patch(1, 4, { b: 2 }), patch(4, 6, { c: 3 })],
          }
        : sight(1, { a: 1 }),
  });
  const room = newClient(t, server).room(id);
  await room.join();
  const statuses: string[] = [];
  room.subscribe(({ status }) => statuses.push(status));
  server.tell(patch(4, 6, { c: 3 }));
  await until(() => room.state.seq === 6);
  assert.deepEqual(server.joins[1], { room: id, since: { epoch: 1, seq: 1, seat: 'desk' } });
  assert.deepEqual(room.state.view, { a: 1, b: 2, c: 3 });
  assert.deepEqual(statuses, ['stale', 'joined']);
});

test('a new owner’s first patch makes the client ask what it missed of the old one', async (t) => {
  const server = await newFakeServer(t, {
    join: (_, nth) => (nth === 1 ? sight(1, { a: 1 }) : sight(3, { a: 3 }, { epoch: 2 })),
  });
  const room = newClient(t, server).room(id);
  await room.join();
  server.tell(patch(1, 3, { a: 3 }, { epoch: 2 }));
  server.tell(patch(1, 2, { a: 'late word of the old owner' }));
  await until(() => room.state.epoch === 2 && room.state.status === 'joined');
  assert.deepEqual(room.state.view, { a: 3 });
});

test('after a lost connection every room comes back with what it held', async (t) => {
  const server = await newFakeServer(t, { join: ({ since }) => sight(since ? 9 : 1, { since: since?.seq ?? 'none' }) });
  const client = newClient(t, server);
  const rooms = ['board/one', 'board/two'].map((name) => client.room(name));
  await Promise.all(rooms.map((room) => room.join()));
  server.hangUp();
  await until(() => rooms.every(({ state }) => state.status === 'stale'));
  assert.ok(rooms.every(({ state }) => state.view));
  await until(() => rooms.every(({ state }) => state.status === 'joined' && state.seq === 9));
  assert.deepEqual(
    rooms.map(({ state }) => state.view),
    [{ since: 1 }, { since: 1 }],
  );
  assert.equal(server.joins.length, 4);
});

test('a rejoin that is refused drops the view', async (t) => {
  const server = await newFakeServer(t, { join: (_, nth) => (nth === 1 ? sight(1, { a: 1 }) : notFound) });
  const room = newClient(t, server).room(id);
  await room.join();
  server.hangUp();
  await until(() => room.state.status === 'refused');
  assert.equal(room.state.view, null);
});

test('busy, silent and stale owners are asked again; everybody who waits gets the one answer', async (t) => {
  const answers = [busy, 'silence', 'hang up', sight(5, { a: 5 })] as const;
  const server = await newFakeServer(t, { join: (_, nth) => answers[nth - 1]! });
  const room = newClient(t, server).room(id);
  const joined = await Promise.all([room.join(), room.join()]);
  assert.deepEqual(joined, [
    { ok: true, seat: 'desk', epoch: 1, seq: 5 },
    { ok: true, seat: 'desk', epoch: 1, seq: 5 },
  ]);
  assert.equal(server.joins.length, 4);
});

test('an answer from an earlier epoch is not believed', async (t) => {
  const answers = [
    sight(5, { a: 5 }, { epoch: 3 }),
    sight(9, { a: 'old' }, { epoch: 2 }),
    sight(6, { a: 6 }, { epoch: 3 }),
  ];
  const server = await newFakeServer(t, { join: (_, nth) => answers[nth - 1]! });
  const room = newClient(t, server).room(id);
  await room.join();
  server.hangUp();
  await until(() => room.state.seq === 6);
  assert.deepEqual(room.state.view, { a: 6 });
});

test('an answer that does not join up with what is held leads to the whole view', async (t) => {
  const server = await newFakeServer(t, {
    join: ({ since }, nth) =>
      since
        ? { ok: true, seat: 'desk', epoch: 1, seq: 9, offers: [], patches: [patch(7, 9, {})] }
        : sight(nth === 1 ? 1 : 9, { nth }),
  });
  const room = newClient(t, server).room(id);
  await room.join();
  server.hangUp();
  await until(() => room.state.seq === 9);
  assert.deepEqual(room.state.view, { nth: 3 });
});

test('more patches than are kept during a join only cost another question', async (t) => {
  const answer = Promise.withResolvers<JoinAck>();
  const server = await newFakeServer(t, { join: (_, nth) => (nth === 1 ? answer.promise : sight(30, { n: 30 })) });
  const room = newClient(t, server, { limits: { patchesHeldMax: 4 } }).room(id);
  const joined = room.join();
  await until(() => server.joins.length === 1);
  for (let seq = 2; seq <= 30; seq++) server.tell(patch(seq - 1, seq, { n: seq }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  answer.resolve(sight(1, { n: 1 }));
  await joined;
  assert.deepEqual([room.state.seq, room.state.view], [30, { n: 30 }]);
});
