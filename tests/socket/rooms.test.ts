/** Claims over real sockets, a real database and real jobs: what everybody at a claim sees while it is worked on. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { gbp, loss } from '../../rooms/claim/fake-claims.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { offers } from '../../rooms/kit.ts';
import { newPeople } from '../support/people.ts';
import { newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const sorted = (keys: string) => keys.split(' ').sort().join(' ');
const newRoom = () => `claim/${randomUUIDv7()}`;
const notFound = { ok: false, code: 'not-found', retry: 'no' };

test('a claim from draft to approval is seen live by everybody at it, each from their own seat', async (t) => {
  const server = await newServer(t);
  const { holder, handler, desk, supervisor } = await newPeople(t, server);
  const all = [holder, handler, desk, supervisor];
  const room = newRoom();
  const everybodySees = (status: string) =>
    Promise.all(all.map((one) => one.until(() => one.sight(room)?.view.status === status, status)));
  /** Everybody has heard what there was to hear: seat and fields of each are exactly these, and so are the offers of that seat. */
  const assertSeats = async (expected: Record<string, readonly [seat: string, keys: string]>) => {
    for (const [name, [seat, keys]] of Object.entries(expected)) {
      const one = { holder, handler, desk, supervisor }[name]!;
      await one.flush();
      const sight = one.sight(room)!;
      assert.equal(sight.seat, seat, name);
      assert.equal(Object.keys(sight.view).sort().join(' '), keys, name);
      assert.deepEqual(sight.offers, offers(claimRoom, { status: String(sight.view.status) }, seat), name);
    }
  };

  assert.deepEqual(await holder.send(room, 'startDraft', { loss: { place: 'Leeds' } }), { ok: true, epoch: 1, seq: 1 });
  for (const one of all) assert.equal((await one.join(room)).ok, true);
  const holders = 'changedAt holderId label loss messages number openedAt payments requests status';
  const always =
    'breaches changedAt due exposures holderId liability loss messageCount messages noteCount notes number openedAt parties payments recoveries reopenCount requestCount requests reserveLines status vehicles';
  const draft = sorted(always);
  await assertSeats({
    holder: ['holder', holders],
    handler: ['desk', draft],
    desk: ['desk', draft],
    supervisor: ['supervisor', draft],
  });

  // Reported by the holder, weighed by the system: a job that was written with the report.
  assert.equal((await holder.send(room, 'report', { loss })).ok, true);
  await everybodySees('triage');
  const triaged = sorted(`${always} coverage priority priorityReasons priorityScore reportedAt`);
  await assertSeats({
    holder: ['holder', holders],
    handler: ['desk', triaged],
    desk: ['desk', triaged],
    supervisor: ['supervisor', triaged],
  });
  assert.match(holder.sight(room)!.view.number, /^CLM-\d{4}-\d{7}$/);

  // Assigned, the handler moves from the desk and is shown everything anew.
  const heardBefore = handler.heard.length;
  assert.equal((await supervisor.send(room, 'assign', { handlerId: handler.agentId })).ok, true);
  await everybodySees('assigned');
  const [fresh, ...rest] = handler.heard.slice(heardBefore);
  assert.ok(fresh && 'view' in fresh && fresh.seat === 'handler');
  assert.deepEqual(fresh.view, supervisor.sight(room)!.view);
  assert.deepEqual(rest, []);
  const assigned = sorted(`${triaged} assignment handlerId`);
  await assertSeats({
    holder: ['holder', holders],
    handler: ['handler', assigned],
    desk: ['desk', assigned],
    supervisor: ['supervisor', assigned],
  });

  assert.equal((await handler.send(room, 'setReserve', { reserve: gbp(120_000) })).ok, true);
  assert.equal((await desk.send(room, 'addNote', { id: randomUUIDv7(), text: 'He called again.' })).ok, true);
  // The server knows no such policy, so whether it pays is for the supervisor to say.
  const refused = {
    ok: false,
    code: 'claim/coverage-in-question',
    details: { inQuestion: ['policy-unknown'] },
    retry: 'no',
  };
  assert.deepEqual(await handler.send(room, 'approve', { payable: gbp(90_000) }), refused);
  assert.equal((await supervisor.send(room, 'confirmCoverage', { why: 'The policy is on paper.' })).ok, true);
  assert.equal((await handler.send(room, 'approve', { payable: gbp(90_000) })).ok, true);
  await everybodySees('approved');
  const approved = sorted(`${assigned} decidedAt figures payable reserve`);
  await assertSeats({
    holder: ['holder', sorted(`${holders} payable`)],
    handler: ['handler', approved],
    desk: ['desk', approved],
    supervisor: ['supervisor', approved],
  });
  assert.deepEqual(handler.sight(room)!.view, desk.sight(room)!.view);
  assert.deepEqual(holder.sight(room)!.view.payable, gbp(90_000));
  assert.deepEqual(
    keysIn(holder.heard).filter((key) => /reserve|priority|handler|note|score/i.test(key)),
    [],
  );

  const journal = await server.sql<{ type: string; by_seat: string }>(
    `select type, by_seat from room_event where room = '${room}' order by seq`,
  );
  assert.deepEqual(
    journal.map(({ type, by_seat }) => `${type} by ${by_seat}`),
    [
      'draftStarted by holder',
      'reported by holder',
      'triaged by system',
      'assigned by supervisor',
      'reserveSet by handler',
      'noteAdded by desk',
      'coverageConfirmed by supervisor',
      'approved by handler',
    ],
  );
  assert.deepEqual(server.errors, []);
});

describe('a claim', () => {
  test('that somebody may not know of looks exactly like one that does not exist', async (t) => {
    const { holder, stranger } = await newPeople(t, await newServer(t));
    const room = newRoom();
    await holder.send(room, 'report', { loss });
    for (const one of [room, newRoom()]) {
      assert.deepEqual(await stranger.join(one), notFound);
      assert.deepEqual(await stranger.join(one, { epoch: 1, seq: 1, seat: 'holder' }), notFound);
      assert.deepEqual(await stranger.send(one, 'withdraw', { reason: 'Mine!' }), notFound);
      assert.deepEqual(await stranger.send(one, 'addNote', { id: randomUUIDv7(), text: 'Hello' }), notFound);
      const { status, json } = await stranger.get(`/api/claims/${one.slice('claim/'.length)}`);
      assert.deepEqual([status, json.code], [404, 'not-found']);
    }
    await holder.send(room, 'withdraw', { reason: 'Paid it myself.' });
    await stranger.flush();
    assert.deepEqual([stranger.heard, stranger.signals], [[], []]);
  });

  test('that is left is not heard of any more', async (t) => {
    const { holder, desk } = await newPeople(t, await newServer(t));
    const room = newRoom();
    await holder.send(room, 'report', { loss });
    await holder.join(room);
    await desk.join(room);
    await desk.until(() => desk.sight(room)?.view.status === 'triage', 'triage');
    assert.deepEqual(await desk.ask('room:leave', { room }), { ok: true });
    const before = desk.heard.length;
    assert.equal((await holder.send(room, 'withdraw', { reason: 'Paid it myself.' })).ok, true);
    await desk.flush();
    assert.equal(desk.heard.length, before);
    assert.equal(holder.sight(room)!.view.status, 'withdrawn');
  });

  test('can be rejoined where one left off; from another seat or another time it is shown whole', async (t) => {
    const server = await newServer(t);
    const { holder, desk, supervisor } = await newPeople(t, server);
    const room = newRoom();
    await holder.send(room, 'startDraft', {});
    await desk.join(room);
    await supervisor.join(room);
    const { epoch, seq, seat } = desk.sight(room)!;
    desk.socket.close();
    for (const text of ['One.', 'Two.', 'Three.']) await supervisor.send(room, 'addNote', { id: randomUUIDv7(), text });

    // The last one at the desk went, and the desk's patches with them: shown whole.
    const back = await newSocket(t, server, desk);
    assert.ok('view' in (await back.join(room, { epoch, seq, seat })));
    await supervisor.send(room, 'addNote', { id: randomUUIDv7(), text: 'Four.' });
    await back.flush();
    const held = back.sight(room)!;
    await supervisor.send(room, 'addNote', { id: randomUUIDv7(), text: 'Five.' });

    const again = await newSocket(t, server, desk);
    const missed = await again.join(room, { epoch: held.epoch, seq: held.seq, seat: held.seat });
    assert.ok(missed.ok && 'patches' in missed);
    assert.deepEqual(
      missed.patches.map(({ from, seq: to }) => [from, to]),
      [[held.seq, held.seq + 1]],
    );
    for (const since of [
      { ...held, seat: 'handler' },
      { ...held, epoch: held.epoch - 1 },
      { ...held, epoch: held.epoch + 1 },
    ]) {
      const whole = await again.join(room, { epoch: since.epoch, seq: since.seq, seat: since.seat });
      assert.ok(whole.ok && 'view' in whole);
      assert.deepEqual(whole.view, supervisor.sight(room)!.view);
    }
  });

  test('that is a draft falls due one day, and no more once it is reported', async (t) => {
    const server = await newServer(t);
    const { holder } = await newPeople(t, server);
    const room = newRoom();
    const due = () =>
      server.sql<{ name: string; days: number }>(
        `select name, round(extract(epoch from at - now()) / 86400)::int as days from room_deadline where room = $1`,
        [room],
      );
    await holder.send(room, 'startDraft', {});
    assert.deepEqual(await due(), [{ name: 'draft-expires', days: 30 }]);
    await holder.send(room, 'report', { loss });
    assert.ok((await due()).every(({ name }) => name !== 'draft-expires'));
  });
});

describe('a command over REST', () => {
  test('is on the sockets of everybody who watches before its sender is answered', async (t) => {
    const { holder, supervisor } = await newPeople(t, await newServer(t));
    const room = newRoom();
    await holder.send(room, 'startDraft', {});
    await holder.join(room);
    await supervisor.join(room);
    const path = `/api/claims/${room.slice('claim/'.length)}/commands/withdraw`;
    const { status, json } = await holder.post(path, { reason: 'Paid it myself.' });
    assert.deepEqual([status, json], [200, { epoch: 1, seq: 2 }]);
    // Frames of one socket are in order: what was sent before the answer is here when this returns.
    for (const one of [holder, supervisor]) {
      await one.flush();
      assert.deepEqual([one.sight(room)!.seq, one.sight(room)!.view.status], [2, 'withdrawn']);
    }
  });

  test('and over a socket under one id has one effect and one answer', async (t) => {
    const server = await newServer(t);
    const { holder, supervisor } = await newPeople(t, server);
    const room = newRoom();
    const id = randomUUIDv7();
    const path = `/api/claims/${room.slice('claim/'.length)}/commands/startDraft`;
    const input = { loss: { place: 'Leeds' } };
    const first = await holder.send(room, 'startDraft', input, id);
    const overRest = await holder.post(path, input, { 'idempotency-key': id });
    assert.deepEqual([overRest.status, overRest.json], [200, { epoch: 1, seq: 1, repeated: true }]);
    assert.deepEqual(await holder.send(room, 'startDraft', input, id), { ...first, repeated: true });

    const reused = { ok: false, code: 'command/id-reused', retry: 'no' };
    assert.deepEqual(await holder.send(room, 'startDraft', { loss: { place: 'York' } }, id), reused);
    assert.deepEqual(await holder.send(room, 'withdraw', { reason: 'x' }, id), reused);
    assert.deepEqual(await supervisor.send(room, 'startDraft', input, id), reused);
    assert.equal((await holder.post(path, { loss: { place: 'York' } }, { 'idempotency-key': id })).status, 422);
    assert.equal((await server.sql('select 1 from room_event where room = $1', [room])).length, 1);
  });
});

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysIn(inner)]);
}
