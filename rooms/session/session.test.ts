/** An agent at work: coming and going, what they have in hand, what they must see, and who sees them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { execute, isRejection, type Caller, type Rejection } from '../kit.ts';
import { entitled, systemPermissions } from '../permissions.ts';
import { noOffice } from '../given.ts';
import type { AgentRecord } from './record.ts';
import { sessionRoom } from './room.ts';
import { alertsMax, claimsMax, type Session } from './session.ts';

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const room = `session/${id(1)}`;
const limits = { reserve: 500_000, payment: 200_000 };
const system: Caller = { accountId: 'system', roles: ['system'], permissions: systemPermissions, limits };
const ann: Caller = entitled({ accountId: 'ann', agentId: id(1), roles: ['agent'], limits });
const ben: Caller = entitled({ accountId: 'ben', agentId: id(2), roles: ['agent'], limits });
const sue: Caller = entitled({ accountId: 'sue', agentId: id(3), roles: ['supervisor'], limits });
const audrey: Caller = entitled({ accountId: 'audrey', roles: ['auditor'], limits });
const carl: Caller = entitled({ accountId: 'carl', customerId: id(1), roles: ['customer'], limits });
const record: AgentRecord = {
  name: 'Ann Lindqvist',
  department: 'Motor',
  certificationLevel: 2,
  skills: ['motor'],
  areas: ['Leeds'],
  capacity: 20,
  inHand: [{ claimId: id(50), number: 'CLM-1', priority: 'P3' }],
};

const nine = '2026-01-01T09:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(nine) + minutes * 60_000).toISOString();

/** Somebody's day, one command after the other. */
const newDay = (agentRecord: AgentRecord | null = record) => {
  let state: Session = sessionRoom.initial;
  let seq = 0;
  const ask = (name: string, input: unknown, by: Caller, now: string) =>
    execute(
      sessionRoom,
      state,
      { name, input, isNew: seq === 0 },
      {
        room,
        by,
        now,
        facts: { claimNumber: '', policyAtLoss: null, possibleDuplicates: [], ...noOffice, agentRecord } as never,
      },
    );
  const day = {
    get state() {
      return state;
    },
    get due() {
      return sessionRoom.deadlines!(state);
    },
    tries(name: string, input: unknown, by: Caller, now = nine) {
      const outcome = ask(name, input, by, now);
      if (isRejection(outcome)) return outcome;
      for (const { type, data } of outcome.events) {
        assert.deepEqual(sessionRoom.events[type as 'seen'].parse(data), data);
        const stamp = { at: now, by: { accountId: by.accountId, seat: outcome.seat as 'agent' }, seq: ++seq };
        state = sessionRoom.apply[type as 'seen'](state, data as never, stamp);
      }
      return null;
    },
    does(name: string, input: unknown, by: Caller, now = nine) {
      assert.deepEqual(day.tries(name, input, by, now), null, name);
      return day;
    },
    refuses(name: string, input: unknown, by: Caller, code: string, now = nine) {
      assert.equal((day.tries(name, input, by, now) as Rejection | null)?.rejected, code, name);
      return day;
    },
    fires(name: string) {
      const due = day.due.find((each) => each.name === name);
      assert.ok(due, `${name} among ${day.due.map((each) => each.name).join()}`);
      return day.does(due.command, due.input, system, due.at);
    },
  };
  return day;
};
const atWork = () => newDay().does('start', {}, ann);
const hand = { claimId: id(51), number: 'CLM-2', priority: 'P2', answerBy: later(15) };
const alert = (n: number, more: object = {}) => ({
  id: id(n),
  kind: 'near',
  level: 'warning',
  text: 'CLM-1: soon.',
  ...more,
});

describe('a session', () => {
  test('begins with what the record says, the account’s authority and the claims in hand', () => {
    const {
      status,
      name,
      skills,
      areas,
      capacity,
      department,
      certificationLevel,
      limits: may,
      claims,
    } = atWork().state;
    assert.deepEqual(
      [status, name, skills, areas, capacity, department, certificationLevel, may],
      ['available', 'Ann Lindqvist', ['motor'], ['Leeds'], 20, 'Motor', 2, limits],
    );
    assert.deepEqual(claims, { [id(50)]: { n: 1, number: 'CLM-1', priority: 'P3', at: nine } });
  });
  test('is begun by nobody else, not without a record, and once', () => {
    newDay()
      .refuses('start', {}, ben, 'not-found')
      .refuses('start', {}, sue, 'not-found')
      .refuses('start', {}, carl, 'not-found');
    newDay(null).refuses('start', {}, ann, 'session/no-record');
    atWork().refuses('start', {}, ann, 'session/not-now').refuses('start', {}, ben, 'not-found');
  });
  test('shows whether claims can be given', () => {
    const day = atWork()
      .does('setStatus', { status: 'busy' }, ann)
      .refuses('setStatus', { status: 'busy' }, ann, 'session/unchanged');
    day.does('setStatus', { status: 'away' }, sue).refuses('setStatus', { status: 'ended' }, ann, 'invalid');
    assert.equal(day.state.status, 'away');
  });
  test('is away after five minutes of silence and back with the next sign of life', () => {
    const day = atWork().refuses('noteSilence', {}, system, 'session/not-due', later(4)).fires('falls-silent');
    assert.deepEqual([day.state.status, day.state.isSilent], ['away', true]);
    day.does('stillHere', {}, ann, later(7));
    assert.deepEqual([day.state.status, 'isSilent' in day.state], ['available', false]);
  });
  test('lives as long as one of its devices says so; what comes too soon is not written', () => {
    const day = atWork()
      .refuses('stillHere', {}, ann, 'session/seen-lately', later(0.5))
      .does('stillHere', {}, ann, later(3));
    assert.equal(day.due.find(({ name }) => name === 'falls-silent')!.at, later(8));
    day.refuses('stillHere', {}, sue, 'forbidden');
  });
  test('ends after an hour of silence, and names what was given and not answered', () => {
    const day = atWork().does('hand', hand, system).fires('falls-silent');
    day.refuses('endBySilence', {}, system, 'session/not-due', later(59)).fires('ends');
    assert.deepEqual([day.state.status, day.due], ['ended', []]);
  });
  test('ends by logout, and the next one begins where alerts were left', () => {
    const day = atWork().does('alert', alert(70), system).does('end', {}, ann);
    assert.deepEqual(day.state.status, 'ended');
    day
      .refuses('end', {}, ann, 'session/not-now')
      .refuses('hand', hand, system, 'session/not-now')
      .refuses('alert', alert(71), system, 'session/not-now');
    day.does('start', {}, ann, later(600));
    assert.deepEqual([Object.keys(day.state.alerts), 'endedAt' in day.state], [[id(70)], false]);
  });
  test('takes over a changed record', () => {
    const day = atWork();
    day.does('readRecord', {}, system);
    assert.equal(day.state.capacity, 20);
    day.refuses('readRecord', {}, ann, 'forbidden');
    newDay(null).refuses('readRecord', {}, system, 'not-found');
  });
});

describe('claims in hand', () => {
  test('come and go as the claims say, and are waited for until they are answered', () => {
    const day = atWork()
      .does('hand', hand, system)
      .does('noteAnswer', { claimId: id(51) }, system);
    assert.equal(day.state.claims[id(51)]!.answerBy, undefined);
    day.refuses('noteAnswer', { claimId: id(51) }, system, 'session/not-waiting');
    day
      .does('release', { claimId: id(51) }, system)
      .refuses('release', { claimId: id(51) }, system, 'session/not-in-hand');
    day.refuses('hand', hand, ann, 'forbidden');
  });
});

describe('alerts', () => {
  test('are new, acknowledged one by one or all, and then done with', () => {
    const day = atWork()
      .does('alert', alert(70), system)
      .does('alert', alert(71, { claimId: id(50) }), system);
    day.refuses('alert', alert(70), system, 'session/alert-exists');
    day.does('acknowledge', { ids: [id(70)] }, ann);
    assert.deepEqual([day.state.alerts[id(70)]!.status, day.state.alerts[id(71)]!.status], ['acknowledged', 'new']);
    day.does('acknowledge', {}, ann).refuses('acknowledge', {}, ann, 'session/nothing-new');
    day
      .refuses('acknowledge', { ids: [id(79)] }, ann, 'session/no-such-alert')
      .refuses('acknowledge', {}, sue, 'forbidden');
  });
  test('can be put aside for a while and are new again when it is over', () => {
    const day = atWork().does('alert', alert(70), system);
    day
      .refuses('snooze', { id: id(70), until: nine }, ann, 'session/wrong-time')
      .refuses('snooze', { id: id(70), until: later(3_000) }, ann, 'session/wrong-time');
    day.refuses('snooze', { id: id(79), until: later(10) }, ann, 'session/no-such-alert');
    day
      .does('snooze', { id: id(70), until: later(10) }, ann)
      .refuses('wake', { id: id(70) }, system, 'session/not-due', later(9));
    day.fires(`wakes-${id(70)}`);
    assert.deepEqual(day.state.alerts[id(70)], {
      n: 1,
      kind: 'near',
      level: 'warning',
      text: 'CLM-1: soon.',
      at: nine,
      status: 'new',
    });
    day.does('acknowledge', {}, ann).refuses('snooze', { id: id(70), until: later(10) }, ann, 'session/alert-over');
  });
  test('are never more than a screenful or three: what is done with goes first', () => {
    const day = atWork();
    for (let n = 0; n < 10; n++) day.does('alert', alert(100 + n), system);
    day.does('acknowledge', { ids: [id(105)] }, ann);
    for (let n = 10; n <= alertsMax; n++) day.does('alert', alert(100 + n), system);
    assert.equal(Object.keys(day.state.alerts).length, alertsMax);
    assert.ok(!(id(105) in day.state.alerts) && id(100) in day.state.alerts);
    for (let n = 0; n < claimsMax + 5; n++) day.does('hand', { ...hand, claimId: id(1_000 + n) }, system);
    assert.equal(Object.keys(day.state.claims).length, claimsMax);
  });
});

describe('of a session', () => {
  const full = () => {
    const day = atWork().does('hand', hand, system).does('alert', alert(70), system).fires('falls-silent');
    return day.state;
  };
  const keys = (seat: keyof typeof sessionRoom.view) => Object.keys(sessionRoom.view[seat](full())).sort().join(' ');
  const about =
    'agentId alertCount alerts areas capacity certificationLevel claimCount claims department handlesClaims isSilent limits name seenAt skills startedAt status';
  test('its agent sees everything; a supervisor how much, not what they were told', () => {
    for (const seat of ['agent', 'system', 'auditor'] as const) assert.equal(keys(seat), about);
    assert.equal(keys('supervisor'), about.replace('alertCount alerts', 'alertsOpen'));
  });
  test('colleagues and customers see nothing, not even that it is there', () => {
    const seatOf = (by: Caller) => sessionRoom.seat(full(), by);
    assert.deepEqual(
      [seatOf(ann), seatOf(sue), seatOf(audrey), seatOf(system)],
      ['agent', 'supervisor', 'auditor', 'system'],
    );
    assert.deepEqual([seatOf(ben), seatOf(carl)], [null, null]);
    assert.equal(seatOf(entitled({ ...ann, roles: ['customer'] })), null, 'whoever lost the role keeps the record');
  });
});

test('whatever happens in a day: it can be replayed, stays small, and what falls due can be done', () => {
  const step = fc.record({ n: fc.nat(5), minutes: fc.nat(40), pick: fc.nat(11) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const day = atWork();
      let now = 0;
      for (const { n, minutes, pick } of steps) {
        now += minutes;
        const at = later(now);
        const moves: (() => unknown)[] = [
          () => day.tries('start', {}, ann, at),
          () => day.tries('end', {}, ann, at),
          () => day.tries('stillHere', {}, ann, at),
          () => day.tries('setStatus', { status: ['available', 'busy', 'away'][n % 3] }, ann, at),
          () => day.tries('hand', { ...hand, claimId: id(50 + n) }, system, at),
          () => day.tries('release', { claimId: id(50 + n) }, system, at),
          () => day.tries('noteAnswer', { claimId: id(50 + n) }, system, at),
          () => day.tries('alert', alert(70 + n), system, at),
          () => day.tries('snooze', { id: id(70 + n), until: later(now + 30) }, ann, at),
          () => day.tries('acknowledge', {}, ann, at),
        ];
        const [due] = day.due.toSorted((a, b) => (a.at < b.at ? -1 : 1));
        if (due && due.at <= at) {
          day.does(due.command, due.input, system, at);
          assert.ok(!day.due.some(({ name, at: when }) => name === due.name && when === due.at), 'once');
        } else moves[pick % moves.length]!();
        assert.equal(JSON.stringify(day.state).includes('null'), false);
        if (day.state.status !== 'ended') assert.ok(day.due.length > 0, 'it ends by itself');
      }
    }),
    { numRuns: 300 },
  );
});
