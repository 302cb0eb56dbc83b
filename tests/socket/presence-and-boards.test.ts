/** What goes on around claims: who is here, who is typing, and how many claims stand where. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { loss } from '../../rooms/claim/fake-claims.ts';
import { newPeople } from '../support/people.ts';
import { newServer } from '../support/server.ts';

const newRoom = () => `claim/${randomUUIDv7()}`;
const notFound = { ok: false, code: 'not-found', retry: 'no' };

test('colleagues see who is here and who is typing; the holder sees neither', async (t) => {
  const server = await newServer(t);
  const { holder, handler, supervisor } = await newPeople(t, server);
  const room = newRoom();
  await holder.send(room, 'report', { loss });
  for (const one of [holder, handler, supervisor]) await one.join(room);
  const people = (one: typeof handler): object => {
    const told = one.signals.findLast(({ kind }) => kind === 'presence');
    return told ? (told.data as { people: object }).people : {};
  };
  const sees = (one: typeof handler, expected: object) =>
    one.until(() => isDeepStrictEqual(people(one), expected), JSON.stringify(expected));
  for (const one of [handler, supervisor])
    await sees(one, { [holder.id]: 'holder', [handler.id]: 'desk', [supervisor.id]: 'supervisor' });

  // Also whoever changes seats hears of it, although their new view is just being written to them.
  await supervisor.send(room, 'assign', { handlerId: handler.agentId });
  for (const one of [handler, supervisor])
    await sees(one, { [holder.id]: 'holder', [handler.id]: 'handler', [supervisor.id]: 'supervisor' });

  handler.socket.emit('room:signal', { room, kind: 'typing', data: { field: 'reserve' } });
  await supervisor.until(() => supervisor.signals.some(({ kind }) => kind === 'typing'), 'typing');
  const by = { accountId: handler.id, seat: 'handler' };
  assert.deepEqual(supervisor.signals.at(-1), { room, kind: 'typing', data: { field: 'reserve' }, by });

  // A holder may not, a stranger is not there, and nobody invents kinds.
  holder.socket.emit('room:signal', { room, kind: 'typing', data: { field: 'place' } });
  handler.socket.emit('room:signal', { room, kind: 'presence', data: { people: {} } });
  handler.socket.emit('room:signal', { room, kind: 'typing', data: { field: 'x', more: 1 } });
  handler.socket.emit('room:signal', { room, kind: 'typing', data: { field: 'x'.repeat(61) } });
  for (const one of [holder, handler, supervisor]) await one.flush();
  assert.equal(supervisor.signals.filter(({ kind }) => kind === 'typing').length, 1);
  assert.deepEqual(holder.signals, []);

  handler.socket.close();
  await sees(supervisor, { [holder.id]: 'holder', [supervisor.id]: 'supervisor' });
  assert.deepEqual(server.errors, []);
});

test('the claims board counts, live, what the claims table holds', async (t) => {
  const server = await newServer(t);
  const { holder, desk, supervisor, stranger } = await newPeople(t, server);
  const [first, second, third] = [newRoom(), newRoom(), newRoom()];
  await holder.send(first, 'startDraft', {});
  const shown = await desk.join('board/claims');
  assert.deepEqual(shown.ok && 'view' in shown && [shown.seat, shown.view], [
    'staff',
    { byStatus: { draft: 1 }, total: 1 },
  ]);
  assert.deepEqual(await stranger.join('board/claims'), notFound);
  assert.deepEqual(await stranger.join('board/payments'), notFound);
  assert.equal((await desk.send('board/claims', 'addNote', {})).ok, false);

  await holder.send(second, 'report', { loss });
  await holder.send(third, 'report', { loss });
  await holder.send(first, 'withdraw', { reason: 'x' });
  /** A status nobody stands at any more may be there with a nought. */
  const counts = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(desk.sight('board/claims')!.view.byStatus).filter(([, count]) => count !== 0));
  await desk.until(() => counts().triage === 2, 'two claims weighed');
  await supervisor.send(second, 'decline', { reason: 'x', clause: 'y' });
  await supervisor.send(second, 'assign', { handlerId: desk.agentId });
  await desk.until(() => counts().assigned === 1, 'one claim assigned');
  const rows = await server.sql<{ status: string; count: number }>(
    'select status, count(*)::int from claims group by 1',
  );
  assert.deepEqual(counts(), Object.fromEntries(rows.map(({ status, count }) => [status, count])));
  assert.equal(desk.sight('board/claims')!.view.total, 3);
});
