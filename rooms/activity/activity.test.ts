/** The diary: planned by people and rules, done or overdue, and then told to those who lead. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { noOffice } from '../given.ts';
import { type Caller, execute, isRejection, type Rejection } from '../kit.ts';
import { entitled, systemPermissions } from '../permissions.ts';
import type { Activity } from './activity.ts';
import { activityRoom } from './room.ts';

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const limits = { reserve: 0, payment: 0 };
const system: Caller = { accountId: 'system', roles: ['system'], permissions: systemPermissions, limits };
const ann = entitled({ accountId: 'ann', agentId: id(1), roles: ['agent'], limits });
const ben = entitled({ accountId: 'ben', agentId: id(2), roles: ['agent'], limits });
const sue = entitled({ accountId: 'sue', roles: ['supervisor'], limits });
const carl = entitled({ accountId: 'carl', customerId: id(3), roles: ['customer'], limits });
/** A Monday. */
const nine = '2026-02-02T09:00:00.000Z';
const noon = '2026-02-02T12:00:00.000Z';
const facts = { claimNumber: '', policyAtLoss: null, possibleDuplicates: [], ...noOffice } as never;

const newActivity = () => {
  let state: Activity = activityRoom.initial;
  let seq = 0;
  const told = {
    get state() {
      return state;
    },
    get due() {
      return activityRoom.deadlines!(state);
    },
    tries(name: string, input: unknown, by: Caller, now = nine) {
      const ask = { name, input, isNew: seq === 0 };
      const outcome = execute(activityRoom, state, ask, { room: `activity/${id(9)}`, by, now, facts });
      if (isRejection(outcome)) return outcome;
      for (const { type, data } of outcome.events) {
        assert.deepEqual(activityRoom.events[type as 'done'].parse(data), data);
        const stamp = { at: now, by: { accountId: by.accountId, seat: outcome.seat as 'desk' }, seq: ++seq };
        state = activityRoom.apply[type as 'done'](state, data as never, stamp);
      }
      return null;
    },
    does(name: string, input: unknown, by: Caller, now = nine) {
      assert.deepEqual(told.tries(name, input, by, now), null, name);
      return told;
    },
    refuses(name: string, input: unknown, by: Caller, code: string, now = nine) {
      assert.equal((told.tries(name, input, by, now) as Rejection | null)?.rejected, code, name);
      return told;
    },
    fires() {
      const [due] = told.due;
      return told.does(due!.command, due!.input, system, due!.at);
    },
  };
  return told;
};
const planned = () => newActivity().does('plan', { subject: 'Ring the garage.', dueAt: noon, claimId: id(7) }, ann);

describe('an activity', () => {
  test('is whoever’s it was planned for, or the planner’s own', () => {
    assert.deepEqual(planned().state, {
      status: 'open',
      subject: 'Ring the garage.',
      dueAt: noon,
      claimId: id(7),
      agentId: id(1),
      createdBy: 'ann',
      createdAt: nine,
      changedAt: nine,
    });
    assert.equal(newActivity().does('plan', { subject: 'x', dueAt: noon, agentId: id(2) }, sue).state.agentId, id(2));
    assert.equal(newActivity().does('plan', { subject: 'x', dueAt: noon, rule: 'chase' }, system).state.rule, 'chase');
  });
  test('is not planned for the past, for another year, in the name of a rule, or by outsiders', () => {
    newActivity().refuses('plan', { subject: 'x', dueAt: nine }, ann, 'activity/wrong-time');
    newActivity().refuses('plan', { subject: 'x', dueAt: '2028-02-02T09:00:00.000Z' }, ann, 'activity/wrong-time');
    newActivity().refuses('plan', { subject: 'x', dueAt: noon, rule: 'chase' }, ann, 'activity/no-rule');
    newActivity().refuses('plan', { subject: 'x', dueAt: noon }, carl, 'not-found');
  });
  test('is overdue when its time has passed, and told to those who lead after half a day of work', () => {
    const told = planned().refuses('noteOverdue', {}, system, 'activity/not-due').fires();
    assert.equal(told.state.isOverdue, true);
    assert.deepEqual(told.due, [{ name: 'escalates', at: '2026-02-02T16:00:00.000Z', command: 'escalate', input: {} }]);
    told.refuses('escalate', {}, system, 'activity/not-due', '2026-02-02T15:59:00.000Z').fires();
    assert.deepEqual([told.state.isEscalated, told.due], [true, []]);
    told.refuses('escalate', {}, system, 'activity/not-due', '2026-02-03T16:00:00.000Z');
  });
  test('is done by anybody at the desk, once', () => {
    const told = planned().does('complete', { outcome: 'Ready on Friday.' }, ben, noon);
    assert.deepEqual([told.state.status, told.state.doneBy, told.state.doneAt, told.due], ['done', 'ben', noon, []]);
    told.refuses('complete', {}, ann, 'activity/not-now').refuses('cancel', { why: 'x' }, ann, 'activity/not-now');
  });
  test('is put off, handed on or dropped by whose it is and by those who lead, not by others', () => {
    const later = { dueAt: '2026-02-03T12:00:00.000Z', why: 'Closed today.' };
    const told = planned().fires().does('postpone', later, ann, noon);
    assert.deepEqual([told.state.dueAt, 'isOverdue' in told.state], [later.dueAt, false]);
    told.refuses('postpone', { ...later, dueAt: nine }, ann, 'activity/wrong-time', noon);
    for (const [name, input] of [
      ['postpone', later],
      ['handOn', { agentId: id(2) }],
      ['cancel', { why: 'x' }],
    ] as const)
      told.refuses(name, input, ben, 'forbidden', noon);
    told.does('handOn', { agentId: id(2) }, sue).refuses('handOn', { agentId: id(2) }, sue, 'activity/unchanged');
    assert.equal(told.does('cancel', { why: 'Paid.' }, ben).state.outcome, 'Paid.');
  });
  test('is for staff: each seat sees the same, customers nothing', () => {
    const { state } = planned();
    const keys = 'agentId changedAt claimId createdAt createdBy dueAt status subject';
    for (const seat of Object.keys(activityRoom.view) as (keyof typeof activityRoom.view)[])
      assert.equal(Object.keys(activityRoom.view[seat](state)).sort().join(' '), keys);
    assert.deepEqual(
      [ann, ben, sue, carl].map((by) => activityRoom.seat(state, by)),
      ['assignee', 'desk', 'supervisor', null],
    );
  });
});

test('whatever is done to it: what is open falls due, what falls due can be done, and what is over stays so', () => {
  const step = fc.record({ pick: fc.nat(5), hours: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const told = planned();
      let now = Date.parse(nine);
      for (const { pick, hours } of steps) {
        const at = new Date((now += hours * 3_600_000)).toISOString();
        const later = new Date(now + 7_200_000).toISOString();
        const before = told.state.status;
        const [due] = told.due;
        if (due && due.at <= at) told.does(due.command, due.input, system, at);
        else if (pick === 0) told.tries('postpone', { dueAt: later, why: 'x' }, ann, at);
        else if (pick === 1) told.tries('handOn', { agentId: id(1 + (hours % 2)) }, sue, at);
        else if (pick === 2 && hours > 30) told.tries('complete', {}, ben, at);
        else if (pick === 3 && hours > 30) told.tries('cancel', { why: 'x' }, sue, at);
        if (before !== 'open') assert.equal(told.state.status, before);
        assert.equal(told.due.length, told.state.status === 'open' && !told.state.isEscalated ? 1 : 0);
      }
    }),
    { numRuns: 300 },
  );
});
