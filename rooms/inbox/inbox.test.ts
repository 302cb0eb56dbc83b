/** A person's inbox: what comes in, what is read or put aside, and that it is nobody else's. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { noOffice } from '../given.ts';
import { type Caller, execute, isRejection, type Rejection } from '../kit.ts';
import { entitled, systemPermissions } from '../permissions.ts';
import { type Inbox, noticesMax } from './inbox.ts';
import { inboxRoom } from './room.ts';

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const room = `inbox/${id(1)}`;
const limits = { reserve: 0, payment: 0 };
const system: Caller = { accountId: 'system', roles: ['system'], permissions: systemPermissions, limits };
const carl = entitled({ accountId: id(1), customerId: id(2), roles: ['customer'], limits });
const sue = entitled({ accountId: id(3), roles: ['supervisor', 'administrator', 'auditor'], limits });
const nine = '2026-01-01T09:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(nine) + minutes * 60_000).toISOString();
const facts = { claimNumber: '', policyAtLoss: null, possibleDuplicates: [], ...noOffice } as never;

const newInbox = () => {
  let state: Inbox = inboxRoom.initial;
  let seq = 0;
  const inbox = {
    get state() {
      return state;
    },
    get due() {
      return inboxRoom.deadlines!(state);
    },
    tries(name: string, input: unknown, by: Caller, now = nine) {
      const outcome = execute(inboxRoom, state, { name, input, isNew: seq === 0 }, { room, by, now, facts });
      if (isRejection(outcome)) return outcome;
      for (const { type, data } of outcome.events) {
        assert.deepEqual(inboxRoom.events[type as 'read'].parse(data), data);
        const stamp = { at: now, by: { accountId: by.accountId, seat: outcome.seat as 'owner' }, seq: ++seq };
        state = inboxRoom.apply[type as 'read'](state, data as never, stamp);
      }
      return null;
    },
    does(name: string, input: unknown, by: Caller, now = nine) {
      assert.deepEqual(inbox.tries(name, input, by, now), null, name);
      return inbox;
    },
    refuses(name: string, input: unknown, by: Caller, code: string, now = nine) {
      assert.equal((inbox.tries(name, input, by, now) as Rejection | null)?.rejected, code, name);
      return inbox;
    },
  };
  return inbox;
};
const notice = (n: number) => ({ id: id(n), level: 'info', text: 'CLM-1: We wrote to you.', about: `claim/${id(9)}` });

describe('an inbox', () => {
  test('is opened by its owner, or by the first thing that comes in', () => {
    newInbox().refuses('open', {}, sue, 'not-found').does('open', {}, carl).refuses('open', {}, carl, 'forbidden');
    const { notices, noticeCount } = newInbox().does('notify', notice(10), system).state;
    assert.equal(noticeCount, 1);
    assert.deepEqual(notices[id(10)], {
      n: 1,
      level: 'info',
      text: 'CLM-1: We wrote to you.',
      at: nine,
      status: 'unread',
      about: `claim/${id(9)}`,
    });
  });
  test('takes nothing twice, and nothing from people', () => {
    const inbox = newInbox()
      .does('notify', notice(10), system)
      .refuses('notify', notice(10), system, 'inbox/notice-exists');
    inbox.refuses('notify', notice(11), carl, 'forbidden').refuses('notify', notice(11), sue, 'not-found');
  });
  test('knows what was read: these, or all', () => {
    const inbox = newInbox().does('notify', notice(10), system).does('notify', notice(11), system);
    inbox
      .does('markRead', { ids: [id(10)] }, carl)
      .refuses('markRead', { ids: [id(19)] }, carl, 'inbox/no-such-notice');
    assert.equal((inboxRoom.view.owner(inbox.state) as { unread: number }).unread, 1);
    inbox
      .does('markRead', {}, carl)
      .refuses('markRead', {}, carl, 'inbox/nothing-new')
      .refuses('markRead', {}, system, 'forbidden');
  });
  test('brings back what was put aside when its time has come', () => {
    const inbox = newInbox().does('notify', notice(10), system);
    inbox.refuses('snooze', { id: id(10), until: nine }, carl, 'inbox/wrong-time');
    inbox.refuses('snooze', { id: id(10), until: later(60 * 24 * 31) }, carl, 'inbox/wrong-time');
    inbox.refuses('snooze', { id: id(19), until: later(5) }, carl, 'inbox/no-such-notice');
    inbox.does('snooze', { id: id(10), until: later(5) }, carl);
    assert.deepEqual(inbox.due, [{ name: `wakes-${id(10)}`, at: later(5), command: 'wake', input: { id: id(10) } }]);
    inbox
      .refuses('wake', { id: id(10) }, system, 'inbox/not-due', later(4))
      .does('wake', { id: id(10) }, system, later(5));
    assert.deepEqual([inbox.state.notices[id(10)]!.status, inbox.due], ['unread', []]);
  });
  test('is seen by its owner and by nobody else, whatever they may do', () => {
    const { state } = newInbox().does('notify', notice(10), system);
    assert.deepEqual([inboxRoom.seat(state, carl), inboxRoom.seat(state, sue)], ['owner', null]);
    for (const seat of ['owner', 'system'] as const)
      assert.deepEqual(Object.keys(inboxRoom.view[seat](state)).sort(), ['noticeCount', 'notices', 'status', 'unread']);
  });
});

test('whatever comes in and is done: it stays small, what is unread stays longest, and what falls due can be done', () => {
  const step = fc.record({ pick: fc.nat(9), n: fc.nat(200), minutes: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const inbox = newInbox().does('open', {}, carl);
      let now = 0;
      for (const { pick, n, minutes } of steps) {
        const at = later((now += minutes));
        const [due] = inbox.due.filter((each) => each.at <= at);
        const unread = () => Object.values(inbox.state.notices).filter(({ status }) => status !== 'read').length;
        if (due) {
          inbox.does(due.command, due.input, system, at);
          assert.ok(!inbox.due.some(({ name }) => name === due.name));
        } else if (pick < 6) {
          const before = unread();
          if (inbox.tries('notify', notice(100 + n), system, at) === null)
            assert.ok(unread() === Math.min(before + 1, noticesMax), 'nothing unread goes before what is read');
        } else if (pick < 8) inbox.tries('markRead', { ids: [id(100 + n)] }, carl, at);
        else inbox.tries('snooze', { id: id(100 + n), until: later(now + 15) }, carl, at);
        assert.ok(Object.keys(inbox.state.notices).length <= noticesMax);
        assert.ok(!JSON.stringify(inbox.state).includes('null'));
      }
    }),
    { numRuns: 200 },
  );
});
