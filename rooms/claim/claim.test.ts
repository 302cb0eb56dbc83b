/** What may be done with a claim, what is turned down, and why. Amounts: amounts.test.ts; who sees what: seats.test.ts; anything in any order: walk.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import type { AnyCommand } from '../kit.ts';
import { when } from './transitions.ts';
import {
  callers,
  claimsByStatus,
  gbp,
  handlerId,
  holderId,
  isForbidden,
  isNotNow,
  loss,
  noted,
  noteId,
  otherAgentId,
  otherHolderId,
  pathsOf,
  paymentId,
  requestId,
  stranger,
} from './fake-claims.ts';
import { story } from './fake-story.ts';
import { claimRoom } from './room.ts';

const { holder, handler, desk, supervisor, assessor, auditor, investigator, system } = callers;
const { draft, submitted, triage, assigned, approved } = claimsByStatus;
const noClaim = given(claimRoom);

describe('startDraft', () => {
  test('a customer begins a claim of their own with as little as they know', () => {
    const events = noClaim.when('startDraft', { loss: { place: 'Leeds' } }, holder);
    assert.deepEqual(events, [{ type: 'draftStarted', data: { holderId, loss: { place: 'Leeds' } } }]);
    assert.deepEqual(noClaim.when('startDraft', {}, holder), [{ type: 'draftStarted', data: { holderId, loss: {} } }]);
  });

  test('staff begin one for a customer they name', () => {
    for (const by of [desk, supervisor, system])
      assert.deepEqual(noClaim.when('startDraft', { holderId }, by), [
        { type: 'draftStarted', data: { holderId, loss: {} } },
      ]);
  });

  test('a customer may name themselves, but nobody else', () => {
    assert.ok(Array.isArray(noClaim.when('startDraft', { holderId }, holder)));
    assert.deepEqual(noClaim.when('startDraft', { holderId: otherHolderId }, holder), {
      rejected: 'forbidden',
      details: { field: 'holderId' },
    });
  });

  test('staff who name nobody are asked whose claim it is', () => {
    const outcome = noClaim.when('startDraft', {}, desk);
    assert.deepEqual(outcome, {
      rejected: 'invalid',
      details: { issues: [{ path: 'holderId', message: 'say whose claim it is' }] },
    });
  });

  test('a customer’s login without a customer’s record has nobody to claim for', () => {
    const { customerId: _, ...nobody } = holder;
    assert.deepEqual(noClaim.when('startDraft', {}, nobody), { rejected: 'claim/no-customer', details: {} });
  });

  test('a claim is begun once', () => {
    assert.deepEqual(given(claimRoom, ...draft).when('startDraft', {}, holder), {
      rejected: 'forbidden',
      details: { name: 'startDraft', seat: 'holder' },
    });
  });
});

describe('report', () => {
  const number = 'CLM-2026-0000001';
  const coverage = { inQuestion: ['policy-unknown'] };
  const triageBy = '2026-01-01T10:00:00.000Z';
  const reported = [{ type: 'reported', data: { holderId, number, loss, coverage, triageBy } }];

  test('the whole form at once opens a claim and gives it the number that was looked up', () => {
    assert.deepEqual(noClaim.when('report', { loss }, holder), reported);
    assert.deepEqual(noClaim.when('report', { holderId, loss }, desk), reported);
  });

  test('a draft is completed by what is sent with it', () => {
    const { place: _, ...rest } = loss;
    assert.deepEqual(given(claimRoom, ...draft).when('report', { loss: rest }, holder), reported);
  });

  test('staff report a customer’s draft, and it stays the customer’s', () => {
    for (const by of [desk, supervisor])
      assert.deepEqual(given(claimRoom, ...draft).when('report', { holderId: otherHolderId, loss }, by), reported);
  });

  test('what is missing is listed field by field, as the form names them', () => {
    const outcome = given(claimRoom, ...draft).when('report', {}, holder);
    assert.equal((outcome as { rejected: string }).rejected, 'invalid');
    const missing = ['policyNumber', 'currency', 'peril', 'occurredOn', 'narrative', 'isInjury', 'isDrivable'];
    assert.deepEqual(
      pathsOf(outcome),
      missing.map((field) => `loss.${field}`),
    );
  });

  test('it is today where the loss happened: in summer an hour before UTC, in the east half a day', () => {
    const told = (occurredOn: string, now: string, zone?: string) => {
      const answer = noClaim.when('report', { loss: { ...loss, occurredOn, ...(zone && { zone }) } }, holder, now);
      return 'rejected' in answer ? answer.rejected : 'reported';
    };
    assert.equal(told('2026-07-02', '2026-07-01T23:00:00.000Z'), 'reported', 'midnight has struck in London');
    assert.equal(told('2026-07-02', '2026-07-01T22:59:59.999Z'), 'claim/loss-in-future');
    assert.equal(told('2026-01-02', '2026-01-01T16:00:00.000Z', 'Asia/Tokyo'), 'reported');
    assert.equal(told('2026-01-02', '2026-01-01T16:00:00.000Z', 'Europe/London'), 'claim/loss-in-future');
    assert.equal(told('2026-01-03', '2026-01-01T09:00:00.000Z', 'Asia/Tokyo'), 'claim/loss-in-future');
  });

  test('a loss that has not happened yet is turned down; one of today is not', () => {
    const on = (occurredOn: string) =>
      noClaim.when('report', { loss: { ...loss, occurredOn } }, holder, '2026-01-01T23:59:59.999Z');
    assert.deepEqual(on('2026-01-02'), { rejected: 'claim/loss-in-future', details: { occurredOn: '2026-01-02' } });
    assert.ok(Array.isArray(on('2026-01-01')));
  });

  test('a customer reports no claim of somebody else', () => {
    assert.deepEqual(noClaim.when('report', { holderId: otherHolderId, loss }, holder), {
      rejected: 'forbidden',
      details: { field: 'holderId' },
    });
  });

  test('a claim is reported once', () => isNotNow(submitted, 'report', { loss }, holder, ['draft']));
});

describe('triage', () => {
  test('the system weighs a reported claim, and says by when its holder hears from us', () => {
    const events = given(claimRoom, ...submitted).when('triage', {}, system);
    // Four hours of work; the first of January is a holiday.
    const firstContactBy = '2026-01-02T13:00:00.000Z';
    assert.deepEqual(events, [{ type: 'triaged', data: { priority: 'P4', score: 0, reasons: {}, firstContactBy } }]);
  });

  test('it is nobody else’s to decide, and is done once', () => {
    isForbidden(submitted, 'triage', {}, [holder, desk, supervisor]);
    isNotNow(triage, 'triage', {}, system, ['submitted']);
  });
});

describe('assign', () => {
  const input = { handlerId };

  test('a supervisor hands a reported claim to an agent', () => {
    assert.deepEqual(given(claimRoom, ...triage).when('assign', input, supervisor), [
      { type: 'assigned', data: { ...input, answerBy: '2026-01-02T11:00:00.000Z' } },
    ]);
    assert.ok(Array.isArray(given(claimRoom, ...triage).when('assign', input, system)));
  });

  test('a claim can change hands', () => {
    const other = { handlerId: otherAgentId };
    for (const status of ['assigned', 'assessment', 'awaiting_info', 'review', 'approved', 'settling'] as const)
      assert.deepEqual(given(claimRoom, ...claimsByStatus[status]).when('assign', other, supervisor), [
        {
          type: 'assigned',
          data: {
            ...other,
            was: handlerId,
            // What is under way stays with whoever gets it.
            ...(status === 'assigned' && { answerBy: '2026-01-02T11:00:00.000Z' }),
          },
        },
      ]);
  });

  test('to the agent who has it already is no change', () => {
    assert.deepEqual(given(claimRoom, ...assigned).when('assign', input, supervisor), {
      rejected: 'claim/already-assigned',
      details: { handlerId },
    });
  });

  test('agents do not help themselves, and a draft is nobody’s yet', () => {
    isForbidden(triage, 'assign', input, [holder, desk]);
    isForbidden(assigned, 'assign', input, [handler]);
    for (const claim of [draft, claimsByStatus.closed]) isNotNow(claim, 'assign', input, supervisor, when('assign'));
  });
});

describe('addNote', () => {
  const note = { id: noteId(9), text: 'Waiting for the estimate.' };

  test('colleagues write notes on any claim, also on one that is closed', () => {
    for (const claim of Object.values(claimsByStatus))
      for (const by of [desk, handler, supervisor, investigator, system])
        assert.deepEqual(given(claimRoom, ...claim).when('addNote', note, by), [{ type: 'noteAdded', data: note }]);
  });

  test('blanks around a note are dropped, and blanks alone are no note', () => {
    const claim = given(claimRoom, ...assigned);
    assert.deepEqual(claim.when('addNote', { ...note, text: '  Hello. \n' }, handler), [
      { type: 'noteAdded', data: { ...note, text: 'Hello.' } },
    ]);
    assert.deepEqual(pathsOf(claim.when('addNote', { ...note, text: ' \t\n' }, handler)), ['text']);
  });

  test('the same note twice is turned down', () => {
    assert.deepEqual(given(claimRoom, ...noted).when('addNote', { ...note, id: noteId(1) }, desk), {
      rejected: 'claim/note-exists',
      details: { id: noteId(1) },
    });
  });

  test('the assessor writes them on their own claims', () => {
    assert.ok(Array.isArray(given(claimRoom, ...claimsByStatus.assessment).when('addNote', note, assessor)));
  });

  test('the holder writes none, and neither does whoever only reads', () =>
    isForbidden(assigned, 'addNote', note, [holder, auditor]));
});

describe('withdraw', () => {
  const input = { reason: 'Paid it myself.' };

  test('the holder takes back a claim that is not decided; so may its handler, a supervisor and the system', () => {
    for (const claim of [draft, submitted, triage, assigned, claimsByStatus.awaiting_info, claimsByStatus.review])
      for (const by of [holder, supervisor, system])
        assert.deepEqual(given(claimRoom, ...claim).when('withdraw', input, by), [{ type: 'withdrawn', data: input }]);
    assert.ok(Array.isArray(given(claimRoom, ...assigned).when('withdraw', input, handler)));
  });

  test('an accepted claim can be taken back as long as nothing has been paid', () => {
    assert.ok(Array.isArray(given(claimRoom, ...approved).when('withdraw', input, holder)));
    const paid = given(claimRoom, ...claimsByStatus.settling);
    assert.deepEqual(paid.when('withdraw', input, handler), {
      rejected: 'claim/paid-already',
      details: { payments: [paymentId] },
    });
    assert.deepEqual(paid.when('withdraw', input, holder), { rejected: 'claim/paid-already', details: {} });
  });

  test('a bill of our own that has been paid does not stop it, one that is under way does', () => {
    const expense = { costType: 'expense', costCategory: 'assessor' };
    const told = story(assigned)
      .does('setReserve', { reserve: gbp(9_000), ...expense }, handler)
      .does('pay', { id: paymentId, amount: gbp(9_000), ...expense }, handler);
    told.refuses('withdraw', input, handler, 'claim/paid-already', { payments: [paymentId] });
    told.does('issuePayment', { paymentId }, system).does('clearPayment', { paymentId }, system);
    told.does('withdraw', input, holder);
  });

  test('nothing is put aside or asked any more', () => {
    const { claim } = story(claimsByStatus.awaiting_info).does('withdraw', input, holder);
    assert.deepEqual([claim.status, claim.reserve, claim.payable], ['withdrawn', gbp(0), undefined]);
    assert.equal(claim.requests[requestId]!.status, 'waived');
    assert.deepEqual(claim.due, {});
  });

  test('it is not the desk’s, and not when it is over', () => {
    isForbidden(assigned, 'withdraw', input, [desk, auditor]);
    for (const status of ['denied', 'closed', 'withdrawn', 'void'] as const)
      isNotNow(claimsByStatus[status], 'withdraw', input, holder, when('withdraw'));
  });
});

describe('any command', () => {
  const names = Object.keys(claimRoom.commands) as (keyof typeof claimRoom.commands)[];

  test('of a stranger finds no claim, existing or not', () => {
    for (const name of names) {
      for (const claim of Object.values(claimsByStatus))
        assert.deepEqual(given(claimRoom, ...claim).when(name, {}, stranger), { rejected: 'not-found', details: {} });
      if (name !== 'startDraft' && name !== 'report')
        assert.deepEqual(noClaim.when(name, {}, supervisor), { rejected: 'not-found', details: {} });
    }
  });

  test('is told when it knows no such command, whatever its name means to JavaScript', () => {
    for (const name of ['explode', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])
      assert.deepEqual(given(claimRoom, ...assigned).when(name as 'assign', {}, handler), {
        rejected: 'command/unknown',
        details: { name },
      });
  });

  test('refuses fields it does not know and inputs that are no object', () => {
    for (const name of names) {
      const { opens, may } = claimRoom.commands[name] as AnyCommand;
      const claim = opens ? noClaim : given(claimRoom, ...claimsByStatus[when(name)[0] as 'triage']);
      const seat = (['supervisor', 'system', 'investigator'] as const).find((each) => may.includes(each));
      const by = opens || !seat ? holder : callers[seat];
      for (const input of [null, [], 'x', 1, true, { surprise: 1 }, JSON.parse('{"__proto__":{}}')]) {
        const outcome = claim.when(name, input, by) as { rejected: string };
        assert.equal(outcome.rejected, 'invalid', `${name} ${JSON.stringify(input)}`);
      }
    }
  });
});
