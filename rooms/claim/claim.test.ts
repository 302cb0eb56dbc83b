/** What may be done with a claim, and what is turned down and why. Who sees what: seats.test.ts; anything in any order: walk.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import type { Caller } from '../kit.ts';
import {
  callers,
  claimsByStatus,
  gbp,
  handlerId,
  holderId,
  loss,
  noteId,
  noted,
  otherAgentId,
  otherHolderId,
} from './fake-claims.ts';
import { reserved, stranger } from './fake-claims.ts';
import { claimRoom } from './room.ts';

const { holder, handler, desk, supervisor, system } = callers;
const { draft, submitted, triage, assigned, approved } = claimsByStatus;
const noClaim = given(claimRoom);
const pathsOf = (outcome: object) =>
  (outcome as { details: { issues: { path: string }[] } }).details.issues.map(({ path }) => path);

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
  const reported = [{ type: 'reported', data: { holderId, number, loss } }];

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
  test('the system weighs a reported claim', () => {
    const events = given(claimRoom, ...submitted).when('triage', {}, system);
    assert.deepEqual(events, [{ type: 'triaged', data: { priority: 'P4', score: 0 } }]);
  });

  test('it is nobody else’s to decide, and is done once', () => {
    isForbidden(submitted, 'triage', {}, [holder, desk, supervisor]);
    isNotNow(triage, 'triage', {}, system, ['submitted']);
  });
});

describe('assign', () => {
  const input = { handlerId };

  test('a supervisor hands a reported claim to an agent, weighed or not', () => {
    for (const claim of [submitted, triage])
      assert.deepEqual(given(claimRoom, ...claim).when('assign', input, supervisor), [
        { type: 'assigned', data: input },
      ]);
    assert.ok(Array.isArray(given(claimRoom, ...triage).when('assign', input, system)));
  });

  test('a claim can change hands', () => {
    const other = { handlerId: otherAgentId };
    assert.deepEqual(given(claimRoom, ...assigned).when('assign', other, supervisor), [
      { type: 'assigned', data: other },
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
    isNotNow(draft, 'assign', input, supervisor, ['submitted', 'triage', 'assigned']);
    isNotNow(approved, 'assign', { handlerId: otherAgentId }, supervisor, ['submitted', 'triage', 'assigned']);
  });
});

describe('addNote', () => {
  const note = { id: noteId(9), text: 'Waiting for the estimate.' };

  test('colleagues write notes on any claim, also on one that is closed', () => {
    for (const claim of Object.values(claimsByStatus))
      for (const by of [desk, handler, supervisor, system])
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

  test('the holder writes none', () => isForbidden(assigned, 'addNote', note, [holder]));
});

describe('setReserve', () => {
  const set = (amount: number, by: Caller = handler, history = assigned) =>
    given(claimRoom, ...history).when('setReserve', { reserve: gbp(amount) }, by);

  test('the handler or a supervisor puts money aside, up to their authority', () => {
    assert.deepEqual(set(500_000), [{ type: 'reserveSet', data: { reserve: gbp(500_000) } }]);
    assert.ok(Array.isArray(set(1, supervisor, triage)));
  });

  test('a new reserve says what it was before', () => {
    assert.deepEqual(set(90_000, handler, reserved), [
      { type: 'reserveSet', data: { reserve: gbp(90_000), was: gbp(150_000) } },
    ]);
  });

  test('beyond the agent’s authority it is turned down, saying the limit', () => {
    assert.deepEqual(set(500_001), { rejected: 'claim/over-authority', details: { limit: 500_000 } });
  });

  test('the same amount again is no change', () => {
    assert.deepEqual(set(150_000, handler, reserved), { rejected: 'claim/unchanged', details: { field: 'reserve' } });
  });

  test('it is kept in the currency of the policy', () => {
    const euros = { reserve: { amount: 1, currency: 'EUR' } };
    assert.deepEqual(given(claimRoom, ...assigned).when('setReserve', euros, handler), {
      rejected: 'claim/wrong-currency',
      details: { currency: 'GBP' },
    });
  });

  test('money is whole pence, never less than nothing', () => {
    for (const amount of [-1, 0.5, Number.NaN, 2 ** 53, '1'])
      assert.deepEqual(pathsOf(set(amount as number)), ['reserve.amount'], String(amount));
  });

  test('it is not the desk’s or the holder’s, and not before the claim is weighed', () => {
    isForbidden(assigned, 'setReserve', { reserve: gbp(1) }, [holder, desk, system]);
    isNotNow(submitted, 'setReserve', { reserve: gbp(1) }, supervisor, ['triage', 'assigned']);
    isNotNow(approved, 'setReserve', { reserve: gbp(1) }, handler, ['triage', 'assigned']);
  });
});

describe('approve', () => {
  const approve = (amount: number, by: Caller = handler, history = reserved) =>
    given(claimRoom, ...history).when('approve', { payable: gbp(amount) }, by);

  test('the handler or a supervisor fixes what is payable, up to the reserve', () => {
    for (const by of [handler, supervisor])
      assert.deepEqual(approve(150_000, by), [{ type: 'approved', data: { payable: gbp(150_000) } }]);
  });

  test('more than was put aside is turned down, saying how much that is', () => {
    assert.deepEqual(approve(150_001), { rejected: 'claim/over-reserve', details: { reserve: 150_000 } });
    assert.deepEqual(approve(1, handler, assigned), { rejected: 'claim/over-reserve', details: { reserve: 0 } });
  });

  test('beyond the agent’s authority it is turned down, saying the limit', () => {
    const ample = [...reserved, { type: 'reserveSet' as const, data: { reserve: gbp(400_000) } }];
    assert.deepEqual(approve(200_001, handler, ample), {
      rejected: 'claim/over-authority',
      details: { limit: 200_000 },
    });
    assert.ok(Array.isArray(approve(200_000, handler, ample)));
  });

  test('it is paid in the currency of the policy', () => {
    assert.deepEqual(
      given(claimRoom, ...reserved).when('approve', { payable: { amount: 1, currency: 'USD' } }, handler),
      {
        rejected: 'claim/wrong-currency',
        details: { currency: 'GBP' },
      },
    );
  });

  test('it is not the desk’s or the holder’s, and only of an assigned claim', () => {
    isForbidden(reserved, 'approve', { payable: gbp(1) }, [holder, desk, system]);
    isNotNow(triage, 'approve', { payable: gbp(1) }, supervisor, ['assigned']);
    isNotNow(approved, 'approve', { payable: gbp(1) }, handler, ['assigned']);
  });
});

describe('decline', () => {
  const refusal = { reason: 'Wear and tear.', clause: '4.2' };

  test('the handler or a supervisor refuses a claim, naming clause and reason', () => {
    for (const by of [handler, supervisor])
      assert.deepEqual(given(claimRoom, ...assigned).when('decline', refusal, by), [
        { type: 'declined', data: refusal },
      ]);
  });

  test('without a reason or a clause there is no refusal', () => {
    assert.deepEqual(pathsOf(given(claimRoom, ...assigned).when('decline', { reason: ' ' }, handler)), [
      'reason',
      'clause',
    ]);
  });

  test('it is not the desk’s or the holder’s, and only of an assigned claim', () => {
    isForbidden(assigned, 'decline', refusal, [holder, desk, system]);
    isNotNow(triage, 'decline', refusal, supervisor, ['assigned']);
  });
});

describe('withdraw', () => {
  const input = { reason: 'Paid it myself.' };

  test('the holder takes back a claim that is not decided; so may its handler, a supervisor and the system', () => {
    for (const claim of [draft, submitted, triage, assigned])
      for (const by of [holder, supervisor, system])
        assert.deepEqual(given(claimRoom, ...claim).when('withdraw', input, by), [{ type: 'withdrawn', data: input }]);
    assert.ok(Array.isArray(given(claimRoom, ...assigned).when('withdraw', input, handler)));
  });

  test('it is not the desk’s, and not after the decision', () => {
    isForbidden(assigned, 'withdraw', input, [desk]);
    for (const status of ['approved', 'denied', 'withdrawn'] as const)
      isNotNow(claimsByStatus[status], 'withdraw', input, holder, ['draft', 'submitted', 'triage', 'assigned']);
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
      const open = claimRoom.commands[name].opens ? noClaim : given(claimRoom, ...assigned);
      for (const input of [null, undefined, [], 'x', 1, true, { surprise: 1 }, JSON.parse('{"__proto__":{}}')])
        assert.equal(
          (open.when(name, input, name === 'approve' ? handler : system) as { rejected: string }).rejected,
          name === 'setReserve' || name === 'decline' ? 'forbidden' : 'invalid',
          `${name} ${JSON.stringify(input)}`,
        );
    }
  });
});

function isForbidden(history: typeof draft, name: keyof typeof claimRoom.commands, input: unknown, whom: Caller[]) {
  for (const by of whom) {
    const outcome = given(claimRoom, ...history).when(name, input, by) as { rejected: string };
    assert.equal(outcome.rejected, 'forbidden', `${name} by ${by.accountId}`);
  }
}

/** It is the caller's to ask, only not now: they are told what would be, and what it would take. */
function isNotNow(
  history: typeof draft,
  name: keyof typeof claimRoom.commands,
  input: unknown,
  by: Caller,
  needs: string[],
) {
  const claim = given(claimRoom, ...history);
  const outcome = claim.when(name, input, by) as { rejected: string; details: { allowed: string[]; unmet: object[] } };
  assert.equal(outcome.rejected, 'claim/not-now');
  assert.deepEqual(outcome.details.unmet, [{ status: claim.state.status, needs }]);
  assert.ok(!outcome.details.allowed.includes(name));
}
