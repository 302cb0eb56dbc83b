/** The desk as a room: who may ask it, what it writes down, what each seat sees. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import type { Caller } from '../kit.ts';
import { entitled, systemPermissions } from '../permissions.ts';
import type { AtWork, Waiting } from './choose.ts';
import type { Desk, DeskNow } from './desk.ts';
import { deskRoom } from './room.ts';

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const nothing = { reserve: 0, payment: 0 };
const system: Caller = { accountId: 'system', roles: ['system'], permissions: systemPermissions, limits: nothing };
const supervisor: Caller = entitled({ accountId: 'sue', roles: ['supervisor'], limits: nothing });
const ann: Caller = entitled({ accountId: 'ann', agentId: id(1), roles: ['agent'], limits: nothing });
const holder: Caller = entitled({ accountId: 'carl', customerId: id(9), roles: ['customer'], limits: nothing });

const at = '2026-01-01T09:00:00.000Z';
const waiting = (n: number, more: Partial<Waiting> = {}): Waiting => ({
  id: id(n),
  priority: 'P3',
  skills: [],
  place: '',
  passedBy: [],
  changedAt: at,
  ...more,
});
const atWork = (n: number, more: Partial<AtWork> = {}): AtWork => ({
  agentId: id(n),
  status: 'available',
  skills: [],
  areas: [],
  capacity: 9,
  inHand: 0,
  ...more,
});
const now = (claims: readonly number[], agents: readonly AtWork[]): { deskNow: DeskNow } => ({
  deskNow: { waiting: claims.map((n) => waiting(n)), atWork: agents },
});
const chosen = { by: 'rules' as const, skills: [], inHand: 0, capacity: 9, among: 1 };
const gave = (claim: number, agent: number) => ({
  type: 'handedOut' as const,
  data: { offers: [{ claimId: id(claim), agentId: id(agent), chosen }], settled: [], isMore: false },
});
type Given = readonly [
  { data: { offers: { claimId: string; agentId: string }[]; settled: string[]; isMore: boolean } },
];

describe('a look', () => {
  test('gives what waits to whoever is there, all of it in one event', () => {
    const [event] = given(deskRoom).when(
      'match',
      {},
      system,
      at,
      now([11, 12], [atWork(1), atWork(2)]),
    ) as unknown as Given;
    assert.deepEqual(
      event.data.offers.map(({ claimId, agentId }) => [claimId, agentId]),
      [
        [id(11), id(1)],
        [id(12), id(2)],
      ],
    );
  });
  test('that leads to nothing is turned down, so that nothing is written', () => {
    assert.deepEqual(given(deskRoom).when('match', {}, system, at, now([11], [])), {
      rejected: 'desk/nothing-to-give',
      details: { waiting: 1 },
    });
  });
  test('does not offer again what is on its way, and counts it as in hand', () => {
    const desk = given(deskRoom, gave(11, 1));
    assert.deepEqual(desk.when('match', {}, system, at, now([11], [atWork(1)])), {
      rejected: 'desk/nothing-to-give',
      details: { waiting: 0 },
    });
    const [event] = desk.when('match', {}, system, at, now([11, 12], [atWork(1), atWork(2)])) as unknown as Given;
    assert.equal(event.data.offers[0]!.agentId, id(2), 'the other one has less');
    assert.deepEqual(event.data.settled, []);
  });
  test('forgets what has found its handler, and offers anew what came to nothing', () => {
    const desk = given(deskRoom, gave(11, 1));
    const [after] = desk.when('match', {}, system, at, now([12], [atWork(1)])) as unknown as Given;
    assert.deepEqual(after.data.settled, [id(11)]);
    const later = '2026-01-01T09:06:00.000Z';
    const [again] = desk.when('match', {}, system, later, now([11], [atWork(1)])) as unknown as Given;
    assert.deepEqual(
      again.data.offers.map(({ claimId }) => claimId),
      [id(11)],
    );
  });
  test('offers anew what has come back since', () => {
    const back = waiting(11, { changedAt: '2026-01-01T09:00:01.000Z' });
    const office = { deskNow: { waiting: [back], atWork: [atWork(1)] } };
    const [event] = given(deskRoom, gave(11, 1)).when('match', {}, system, at, office) as unknown as Given;
    assert.deepEqual([event.data.offers.length, event.data.settled], [1, [id(11)]]);
  });
  test('gives so many at a time and says that there may be more', () => {
    const many = Array.from({ length: 60 }, (_, n) => 100 + n);
    const [event] = given(deskRoom).when(
      'match',
      {},
      system,
      at,
      now(many, [atWork(1, { capacity: 99 })]),
    ) as unknown as Given;
    assert.deepEqual([event.data.offers.length, event.data.isMore], [50, true]);
  });
});

describe('the next claim', () => {
  test('goes to the agent who asks, at work and not away', () => {
    const [event] = given(deskRoom).when(
      'takeNext',
      {},
      ann,
      at,
      now([11], [atWork(1, { status: 'busy' })]),
    ) as unknown as Given;
    assert.deepEqual(
      event.data.offers.map(({ claimId, agentId }) => [claimId, agentId]),
      [[id(11), id(1)]],
    );
    for (const office of [[], [atWork(2)], [atWork(1, { status: 'away' })]])
      assert.deepEqual(given(deskRoom).when('takeNext', {}, ann, at, now([11], office)), {
        rejected: 'desk/not-at-work',
        details: {},
      });
  });
  test('is not one that is on its way to somebody else', () => {
    assert.deepEqual(given(deskRoom, gave(11, 2)).when('takeNext', {}, ann, at, now([11], [atWork(1)])), {
      rejected: 'desk/nothing-for-you',
      details: { waiting: 0 },
    });
  });
  test('is given to nobody but agents', () => {
    const desk = given(deskRoom, gave(11, 2));
    assert.equal((desk.when('takeNext', {}, supervisor) as { rejected: string }).rejected, 'forbidden');
    assert.equal((desk.when('match', {}, ann) as { rejected: string }).rejected, 'forbidden');
    assert.equal((desk.when('takeNext', {}, holder) as { rejected: string }).rejected, 'not-found');
  });
});

test('agents see how much is given out, and to whom only those who lead; customers see nothing', () => {
  const desk = given(deskRoom, gave(11, 1)).state as Desk;
  const keys = (seat: keyof typeof deskRoom.view) => Object.keys(deskRoom.view[seat](desk)).sort().join(' ');
  assert.equal(keys('agent'), 'changedAt given status');
  for (const seat of ['supervisor', 'system', 'auditor'] as const)
    assert.equal(keys(seat), 'changedAt given handedOut offered status');
  assert.equal(deskRoom.seat(desk, holder), null);
  assert.equal(deskRoom.seat(desk, entitled({ ...ann, roles: ['assessor'] })), null);
});

const agentOf = (n: number) => id(10_000 + n);
test('however much is given out, the desk stays small', () => {
  const many = Array.from({ length: 3_000 }, (_, n) => gave(n, 10_000 + n));
  const { state } = given(
    deskRoom,
    ...many.map((each, n) => ({ ...each, data: { ...each.data, settled: n > 0 ? [id(n - 1)] : [] } })),
  );
  const { offered, turns, handedOut, turn } = state as Desk;
  assert.deepEqual([Object.keys(offered).length, turn], [1, 3_000]);
  assert.ok(Object.keys(turns).length <= 1_250 && Object.keys(handedOut).length <= 25);
  assert.ok(turns[agentOf(2_999)]! > 0 && turns[agentOf(0)] === undefined, 'the oldest went first');
});
