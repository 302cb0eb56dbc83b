/** Money on a claim: what is put aside, what is paid, and what is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../../given.ts';
import type { Caller } from '../../kit.ts';
import { callers, claimsByStatus, gbp, isForbidden, isNotNow, pathsOf, reserved } from '../fake-claims.ts';
import { amountMax } from '../../values.ts';
import { claimRoom } from '../room.ts';
import { when } from '../transitions.ts';

const { holder, handler, desk, supervisor, system } = callers;
const { submitted, triage, assigned, approved, closed } = claimsByStatus;

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
    assert.deepEqual(set(500_001), { rejected: 'claim/over-authority', details: { limit: gbp(500_000) } });
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
    for (const amount of [-1, 0.5, Number.NaN, amountMax + 1, '1'])
      assert.deepEqual(pathsOf(set(amount as number)), ['reserve.amount'], String(amount));
  });

  test('it is not the desk’s or the holder’s, and not before the claim is weighed', () => {
    isForbidden(assigned, 'setReserve', { reserve: gbp(1) }, [holder, desk, system]);
    for (const claim of [submitted, closed])
      isNotNow(claim, 'setReserve', { reserve: gbp(1) }, supervisor, when('setReserve'));
  });
});

describe('approve', () => {
  const approve = (amount: number, by: Caller = handler, history = reserved) =>
    given(claimRoom, ...history).when('approve', { payable: gbp(amount) }, by);

  test('nothing is no amount to pay, with or without a reserve', () => {
    for (const history of [assigned, reserved])
      assert.deepEqual(given(claimRoom, ...history).when('approve', { payable: gbp(0) }, handler), {
        rejected: 'claim/nothing-payable',
        details: {},
      });
  });

  test('the handler or a supervisor fixes what is payable, up to the reserve', () => {
    for (const by of [handler, supervisor])
      assert.deepEqual(approve(150_000, by), [{ type: 'approved', data: { payable: gbp(150_000) } }]);
  });

  test('more than was put aside is turned down, saying how much that is', () => {
    assert.deepEqual(approve(150_001), { rejected: 'claim/over-reserve', details: { reserve: gbp(150_000) } });
    assert.deepEqual(approve(1, handler, assigned), { rejected: 'claim/over-reserve', details: { reserve: gbp(0) } });
  });

  test('beyond the agent’s authority it is turned down, saying the limit', () => {
    const ample = [...reserved, { type: 'reserveSet' as const, data: { reserve: gbp(400_000) } }];
    assert.deepEqual(approve(200_001, handler, ample), {
      rejected: 'claim/over-authority',
      details: { limit: gbp(200_000) },
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

  test('it is not the desk’s or the holder’s, and only of a claim that is assigned or in review', () => {
    isForbidden(reserved, 'approve', { payable: gbp(1) }, [holder, desk, system]);
    isNotNow(triage, 'approve', { payable: gbp(1) }, supervisor, ['assigned', 'review']);
    isNotNow(approved, 'approve', { payable: gbp(1) }, handler, ['assigned', 'review']);
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

  test('it is not the desk’s or the holder’s, and only of a claim that is assigned or in review', () => {
    isForbidden(assigned, 'decline', refusal, [holder, desk, system]);
    isNotNow(triage, 'decline', refusal, supervisor, ['assigned', 'review']);
  });
});
