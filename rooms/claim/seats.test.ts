/** Who sits where at a claim, and what each seat is offered. Who may send what: commands/; what each sees: views.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import { type Caller, offers } from '../kit.ts';
import { entitled, type Permission } from '../permissions.ts';
import type { Claim, Seat, Status } from './claim.ts';
import { type Event, callers, claimsByStatus, holderId, partyAdded, partyId, stranger } from './fake-claims.ts';
import { claimRoom } from './room.ts';

const seats = Object.keys(callers) as Seat[];
const stateOf = (...history: readonly Event[]): Claim => given(claimRoom, ...history).state;
/** With an assessor and a third party, so that every seat is taken. */
const full = stateOf(...claimsByStatus.assessment, partyAdded);
const seatOf = (by: Caller, claim: Claim = full) => claimRoom.seat(claim, by);
const all: readonly Permission[] = [
  'claims.own',
  'claims.audit',
  'claims.handle',
  'claims.assess',
  'claims.supervise',
  'claims.investigate',
  'system.act',
];

describe('the seat', () => {
  test('follows from what somebody is to this claim', () => {
    for (const seat of seats) assert.equal(seatOf(callers[seat]), seat);
  });

  test('is the first match in the order of the seats', () => {
    const everything = { ...callers.handler, customerId: holderId };
    const without = (...gone: Permission[]) =>
      seatOf({ ...everything, permissions: all.filter((permission) => !gone.includes(permission)) });
    assert.equal(without(), 'system');
    assert.equal(without('system.act'), 'investigator');
    assert.equal(without('system.act', 'claims.investigate'), 'supervisor');
    assert.equal(without('system.act', 'claims.investigate', 'claims.supervise'), 'handler');
    const assesses = entitled({
      ...everything,
      agentId: callers.assessor.agentId,
      roles: ['customer', 'auditor', 'agent', 'assessor'],
    });
    assert.equal(seatOf(assesses), 'assessor');
    assert.equal(seatOf({ ...assesses, agentId: 'another' }), 'desk');
    assert.equal(seatOf(entitled({ ...everything, roles: ['customer', 'auditor'] })), 'auditor');
    assert.equal(seatOf(entitled({ ...everything, roles: ['customer'] })), 'holder');
  });

  test('of the handler is taken with the assignment and lost with the next', () => {
    assert.equal(seatOf(callers.handler, stateOf(...claimsByStatus.triage)), 'desk');
    const handedOn = stateOf(...claimsByStatus.assigned, {
      type: 'assigned',
      data: { handlerId: callers.desk.agentId },
    });
    assert.equal(seatOf(callers.handler, handedOn), 'desk');
    assert.equal(seatOf(callers.desk, handedOn), 'handler');
  });

  test('of an assessor is taken with the order, and there is none at the claims of others', () => {
    assert.equal(seatOf(callers.assessor, stateOf(...claimsByStatus.assigned)), null);
    assert.equal(seatOf({ ...callers.assessor, agentId: 'another' }), null);
    assert.equal(seatOf(entitled({ ...callers.assessor, roles: ['agent'] })), 'desk');
  });

  test('of a third party is theirs who are named by account or by customer record, once they are named', () => {
    assert.equal(seatOf(callers.thirdParty, stateOf(...claimsByStatus.assessment)), null);
    assert.equal(seatOf({ ...callers.thirdParty, customerId: 'another' }), 'thirdParty');
    assert.equal(seatOf({ ...callers.thirdParty, accountId: 'another' }), null);
    const linked = stateOf(...claimsByStatus.assessment, partyAdded, {
      type: 'partyLinked',
      data: { id: partyId, customerId: callers.thirdParty.customerId },
    });
    assert.equal(seatOf({ ...callers.thirdParty, accountId: 'another' }, linked), 'thirdParty');
  });

  test('is lost with the role, though the record is still there', () => {
    for (const seat of seats) assert.equal(seatOf(entitled({ ...callers[seat], roles: [] })), null, seat);
  });

  test('is none for other customers, for people without a role and for those without a record', () => {
    const nobody: Caller = entitled({ accountId: 'nobody', roles: [], limits: { reserve: 0, payment: 0 } });
    for (const by of [
      stranger,
      nobody,
      entitled({ ...nobody, roles: ['customer'] }),
      entitled({ ...nobody, roles: ['assessor'] }),
    ])
      for (const status of Object.keys(claimsByStatus) as Status[])
        assert.equal(seatOf(by, stateOf(...claimsByStatus[status])), null);
  });
});

test('what is offered is what the seat may ask at this status', () => {
  const table: Partial<Record<Status, Partial<Record<Seat, string>>>> = {
    draft: {
      holder: 'saveDraft discard report sendMessage addParty addVehicle withdraw',
      desk: 'saveDraft discard report addNote sendMessage addParty addVehicle',
      auditor: '',
    },
    submitted: {
      holder: 'amendLoss sendMessage addParty addVehicle withdraw raiseComplaint',
      desk: 'amendLoss takeOver addNote sendMessage addParty addVehicle referToInvestigation linkDuplicate raiseComplaint',
      investigator: 'addNote referToInvestigation closeInvestigation holdPayments liftHold',
    },
    awaiting_info: {
      holder: 'amendLoss answerRequest sendMessage addParty addVehicle withdraw raiseComplaint',
      thirdParty: 'answerRequest sendMessage',
    },
    denied: { holder: 'sendMessage addParty addVehicle raiseComplaint', thirdParty: 'sendMessage' },
    closed: {
      holder: 'sendMessage rate raiseComplaint',
      handler:
        'addNote sendMessage pay approvePayment refusePayment issuePayment clearPayment stopPayment failPayment recordRecovery referToInvestigation raiseComplaint',
      assessor: 'addNote',
      auditor: '',
    },
    void: {
      holder: 'sendMessage raiseComplaint',
      supervisor: 'addNote sendMessage referToInvestigation liftHold raiseComplaint resolveComplaint',
    },
    // To others a claim that waits for information looks as it did before: nothing may be offered that was not.
    assigned: { thirdParty: 'answerRequest sendMessage' },
    assessment: { thirdParty: 'answerRequest sendMessage' },
    review: { thirdParty: 'answerRequest sendMessage' },
  };
  for (const [status, bySeat] of Object.entries(table))
    for (const [seat, names] of Object.entries(bySeat))
      assert.equal(
        offers(claimRoom, stateOf(...claimsByStatus[status as Status]), seat).join(' '),
        names,
        `${seat} at ${status}`,
      );
});

test('typing is a matter among those who work on it, and so is who is here', () => {
  assert.deepEqual(Object.keys(claimRoom.signals ?? {}), ['typing']);
  const { from, to } = claimRoom.signals!['typing']!;
  for (const told of [from, to, claimRoom.presence!])
    assert.deepEqual([...told].sort(), ['assessor', 'desk', 'handler', 'supervisor']);
});
