/** Who sits where at a claim, what each seat sees, and what it is offered. Key lists are exact: a new field stays hidden until it is named here. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import { type Caller, offers } from '../kit.ts';
import type { Claim, Seat, Status } from './claim.ts';
import { callers, claimsByStatus, gbp, handlerId, holderId, loss, noteId, stranger } from './fake-claims.ts';
import { claimRoom } from './room.ts';

const seats = Object.keys(callers) as Seat[];
const stateOf = (status: Status): Claim => given(claimRoom, ...claimsByStatus[status]).state;
const seatOf = (by: Caller, status: Status = 'assigned') => claimRoom.seat(stateOf(status), by);

describe('the seat', () => {
  test('follows from what somebody is to this claim, the first match in the order of the seats', () => {
    for (const seat of seats) assert.equal(seatOf(callers[seat]), seat);
    const everything = {
      ...callers.handler,
      customerId: holderId,
      roles: ['customer', 'agent', 'supervisor', 'system'],
    };
    assert.equal(seatOf(everything), 'system');
    assert.equal(seatOf({ ...everything, roles: ['customer', 'agent', 'supervisor'] }), 'supervisor');
    assert.equal(seatOf({ ...everything, roles: ['customer', 'agent'] }), 'handler');
    assert.equal(seatOf({ ...everything, agentId: 'another', roles: ['customer', 'agent'] }), 'desk');
  });

  test('of the handler is taken with the assignment and lost with the next', () => {
    assert.equal(seatOf(callers.handler, 'triage'), 'desk');
    const handedOn = [
      ...claimsByStatus.assigned,
      { type: 'assigned' as const, data: { handlerId: callers.desk.agentId } },
    ];
    const { state } = given(claimRoom, ...handedOn);
    assert.equal(claimRoom.seat(state, callers.handler), 'desk');
    assert.equal(claimRoom.seat(state, callers.desk), 'handler');
  });

  test('is lost with the role, though the record is still there', () => {
    assert.equal(seatOf({ ...callers.handler, roles: [] }), null);
    assert.equal(seatOf({ ...callers.holder, roles: [] }), null);
  });

  test('is none for other customers, for people without a role and for those without a record', () => {
    const nobody: Caller = { accountId: 'nobody', roles: [], limits: { reserve: 0, payment: 0 } };
    for (const by of [stranger, nobody, { ...nobody, roles: ['customer'] }, { ...nobody, roles: ['auditor'] }])
      for (const status of Object.keys(claimsByStatus) as Status[]) assert.equal(seatOf(by, status), null);
  });
});

describe('what is seen', () => {
  const staffKeys = [
    'changedAt',
    'handlerId',
    'holderId',
    'loss',
    'noteCount',
    'notes',
    'number',
    'openedAt',
    'priority',
    'priorityScore',
    'reserve',
    'status',
  ];
  const holderKeys = ['changedAt', 'holderId', 'loss', 'number', 'openedAt', 'status'];
  const keysOf = (seat: Seat, status: Status) => Object.keys(claimRoom.view[seat](stateOf(status))).sort();

  test('by staff: everything', () => {
    for (const seat of ['system', 'supervisor', 'handler', 'desk'] as const) {
      assert.deepEqual(keysOf(seat, 'approved'), [...staffKeys, 'payable'].sort());
      assert.deepEqual(keysOf(seat, 'denied'), [...staffKeys, 'reason'].sort());
    }
  });

  test('by the holder: their loss and what came of it, never reserve, priority, handler or notes', () => {
    for (const status of ['draft', 'submitted', 'triage', 'assigned'] as const)
      assert.deepEqual(keysOf('holder', status), holderKeys);
    assert.deepEqual(keysOf('holder', 'approved'), [...holderKeys, 'payable'].sort());
    for (const status of ['denied', 'withdrawn'] as const)
      assert.deepEqual(keysOf('holder', status), [...holderKeys, 'reason'].sort());
  });

  test('by the holder of an approved claim, field by field', () => {
    const at = '2026-01-01T09:00:00.000Z';
    assert.deepEqual(claimRoom.view.holder(stateOf('approved')), {
      status: 'approved',
      number: 'CLM-2026-0000001',
      holderId,
      loss,
      payable: gbp(120_000),
      openedAt: at,
      changedAt: at,
    });
  });

  test('by the handler of an approved claim, field by field', () => {
    const at = '2026-01-01T09:00:00.000Z';
    // Written and read again, as it travels: what an object is made of inside is nobody's business.
    assert.deepEqual(JSON.parse(JSON.stringify(claimRoom.view.handler(stateOf('approved')))), {
      status: 'approved',
      number: 'CLM-2026-0000001',
      holderId,
      handlerId,
      loss,
      priority: 'P4',
      priorityScore: 0,
      reserve: gbp(150_000),
      payable: gbp(120_000),
      notes: { [noteId(1)]: { n: 1, text: 'Called the garage.', by: 'system', at } },
      noteCount: 1,
      openedAt: at,
      changedAt: at,
    });
  });

  test('of the notes: the newest, in their order', () => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      type: 'noteAdded' as const,
      data: { id: noteId(n), text: `note ${n}` },
    }));
    const { notes, noteCount } = given(claimRoom, ...claimsByStatus.assigned, ...many).state as Claim;
    const texts = Object.values(notes)
      .sort((a, b) => a.n - b.n)
      .map(({ text }) => text);
    assert.equal(noteCount, 200);
    assert.ok(texts.length >= 10 && texts.length <= 50, `${texts.length} kept`);
    assert.deepEqual(
      texts,
      many.slice(-texts.length).map(({ data }) => data.text),
    );
  });
});

describe('what is offered', () => {
  const table: Record<Status, Record<Seat, string>> = {
    draft: {
      holder: 'report withdraw',
      desk: 'report addNote',
      handler: 'report addNote withdraw',
      supervisor: 'report addNote withdraw',
      system: 'addNote withdraw',
    },
    submitted: {
      holder: 'withdraw',
      desk: 'addNote',
      handler: 'addNote withdraw',
      supervisor: 'assign addNote withdraw',
      system: 'triage assign addNote withdraw',
    },
    triage: {
      holder: 'withdraw',
      desk: 'addNote',
      handler: 'addNote setReserve withdraw',
      supervisor: 'assign addNote setReserve withdraw',
      system: 'assign addNote withdraw',
    },
    assigned: {
      holder: 'withdraw',
      desk: 'addNote',
      handler: 'addNote setReserve approve decline withdraw',
      supervisor: 'assign addNote setReserve approve decline withdraw',
      system: 'assign addNote withdraw',
    },
    approved: { holder: '', desk: 'addNote', handler: 'addNote', supervisor: 'addNote', system: 'addNote' },
    denied: { holder: '', desk: 'addNote', handler: 'addNote', supervisor: 'addNote', system: 'addNote' },
    withdrawn: { holder: '', desk: 'addNote', handler: 'addNote', supervisor: 'addNote', system: 'addNote' },
  };

  for (const [status, bySeat] of Object.entries(table))
    test(`on a claim that is ${status}`, () => {
      for (const seat of seats)
        assert.equal(offers(claimRoom, stateOf(status as Status), seat).join(' '), bySeat[seat], seat);
    });
});

test('typing is a matter among staff, and so is who is here', () => {
  assert.deepEqual(Object.keys(claimRoom.signals ?? {}), ['typing']);
  const { from, to } = claimRoom.signals!['typing']!;
  for (const told of [from, to, claimRoom.presence!])
    assert.deepEqual([...told].sort(), ['desk', 'handler', 'supervisor']);
});

test('only a draft falls due: thirty days after it was last touched the system withdraws it', () => {
  for (const status of Object.keys(claimsByStatus) as Status[]) {
    const due = claimRoom.deadlines!(stateOf(status));
    if (status !== 'draft') assert.deepEqual(due, [], status);
    else
      assert.deepEqual(due, [
        {
          name: 'draft-expires',
          at: '2026-01-31T09:00:00.000Z',
          command: 'withdraw',
          input: { reason: 'Never sent.' },
        },
      ]);
  }
  const [due] = claimRoom.deadlines!(stateOf('draft'));
  assert.ok(
    Array.isArray(
      given(claimRoom, ...claimsByStatus.draft).when(due!.command as 'withdraw', due!.input, callers.system, due!.at),
    ),
  );
});
