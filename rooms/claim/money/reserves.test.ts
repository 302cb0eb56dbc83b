/** Reserve lines, and reserves beyond somebody's authority. The general line by itself: amounts.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  callers,
  claimsByStatus,
  director,
  exposed,
  exposureId,
  gbp,
  idOf,
  isForbidden,
  loss,
  partyId,
  policy,
  reserved,
  vehicleId,
} from '../fake-claims.ts';
import { inputs } from '../fake-inputs.ts';
import { story } from '../fake-story.ts';
import { generalLine } from './reserves.ts';

const { holder, handler, desk, supervisor, system, auditor } = callers;
const { assigned } = claimsByStatus;
const body = { exposureId, costType: 'indemnity', costCategory: 'body' };
const bodyLine = `${exposureId}.indemnity.body`;
const beyond = { reserve: gbp(600_000), requestApproval: true };

describe('reserve lines', () => {
  test('each stands for itself; the claim’s reserve is what they hold open together', () => {
    const told = story(exposed)
      .does('setReserve', { reserve: gbp(20_000) }, handler)
      .does('setReserve', { reserve: gbp(5_000), costType: 'expense', costCategory: 'assessor' }, handler);
    assert.deepEqual(told.claim.reserve, gbp(105_000));
    assert.deepEqual(Object.keys(told.claim.reserveLines), [bodyLine, generalLine, 'claim.expense.assessor']);
    assert.deepEqual(told.dataOf('setReserve', { reserve: gbp(90_000), ...body, why: 'More rust.' }, handler), {
      reserve: gbp(90_000),
      was: gbp(80_000),
      ...body,
      why: 'More rust.',
    });
    told.refuses('setReserve', { reserve: gbp(80_000), ...body }, handler, 'claim/unchanged');
  });

  test('are for exposures that are there and open', () => {
    const told = story(exposed);
    const unknown = { ...body, exposureId: idOf(99) };
    told.refuses('setReserve', { reserve: gbp(1), ...unknown }, handler, 'claim/no-such-exposure', { id: idOf(99) });
    told.does('closeExposure', { exposureId, outcome: 'denied' }, handler);
    told.refuses('setReserve', { reserve: gbp(1), ...body }, handler, 'claim/exposure-closed', { id: exposureId });
  });

  test('do not get anybody round their authority: it is the whole that counts', () => {
    const told = story(exposed);
    told.refuses('setReserve', { reserve: gbp(420_001) }, handler, 'claim/over-authority', { limit: gbp(500_000) });
    told.does('setReserve', { reserve: gbp(420_000) }, handler);
    told.refuses('setReserve', { reserve: gbp(80_001), ...body }, handler, 'claim/over-authority');
  });

  test('less than before is within everybody’s authority', () => {
    const told = story(assigned).does('setReserve', { reserve: gbp(2_000_000) }, director);
    told.does('setReserve', { reserve: gbp(1_900_000) }, handler);
    assert.deepEqual(told.claim.reserve, gbp(1_900_000));
  });
});

describe('a reserve beyond somebody’s authority', () => {
  test('waits for somebody else, if that is asked for, and counts for nothing meanwhile', () => {
    const told = story(reserved);
    told.refuses('setReserve', { reserve: gbp(600_000) }, handler, 'claim/over-authority', { limit: gbp(500_000) });
    told.does('setReserve', beyond, handler);
    assert.deepEqual(told.claim.reserve, gbp(150_000));
    assert.deepEqual(told.claim.reserveLines[generalLine]!.pending, {
      reserve: gbp(600_000),
      by: handler.accountId,
      at: '2026-01-01T09:00:00.000Z',
    });
    told.does('approveReserve', { line: generalLine }, director);
    assert.deepEqual(told.claim.reserve, gbp(600_000));
    assert.equal(told.claim.reserveLines[generalLine]!.pending, undefined);
  });

  test('is approved by four eyes and enough authority', () => {
    const told = story(reserved).does('setReserve', beyond, handler);
    told.refuses('approveReserve', { line: generalLine }, { ...handler, limits: director.limits }, 'claim/own-request');
    told.refuses('approveReserve', { line: generalLine }, supervisor, 'claim/over-authority', { limit: gbp(500_000) });
    const senior = { ...desk, limits: director.limits };
    assert.deepEqual(told.dataOf('approveReserve', { line: generalLine }, senior), {
      line: generalLine,
      reserve: gbp(600_000),
      was: gbp(150_000),
    });
    isForbidden(reserved, 'approveReserve', { line: generalLine }, [holder, system, auditor]);
  });

  test('can be turned down by whoever could have approved it, or taken back by whoever asked', () => {
    const told = story(reserved).does('setReserve', beyond, handler);
    told.refuses('refuseReserve', { line: generalLine, why: 'x' }, desk, 'claim/over-authority');
    told.does('refuseReserve', { line: generalLine, why: 'Too much.' }, director);
    assert.deepEqual([told.claim.reserve, told.claim.reserveLines[generalLine]!.pending], [gbp(150_000), undefined]);
    told.does('setReserve', beyond, handler).does('refuseReserve', { line: generalLine, why: 'My mistake.' }, handler);
  });

  test('is overtaken by one that is set', () => {
    const told = story(reserved)
      .does('setReserve', beyond, handler)
      .does('setReserve', { reserve: gbp(160_000) }, handler);
    assert.equal(told.claim.reserveLines[generalLine]!.pending, undefined);
    told.refuses('approveReserve', { line: generalLine }, director, 'claim/nothing-pending', { line: generalLine });
  });

  test('needs something to approve', () => {
    story(reserved).refuses('approveReserve', { line: generalLine }, director, 'claim/nothing-pending');
    for (const line of ['', 'toString', '__proto__', 'claim', `${exposureId}.indemnity`])
      story(reserved).refuses('approveReserve', { line }, director, 'invalid');
    story(reserved).refuses(
      'refuseReserve',
      { line: 'claim.expense.legal', why: 'x' },
      director,
      'claim/nothing-pending',
    );
  });
});

describe('exposures', () => {
  const covered = story(claimsByStatus.draft, { policyAtLoss: policy })
    .does('report', { loss }, holder)
    .does('takeOver', {}, desk);
  // Who took it over sits there as its handler.

  test('take limit and excess from the coverage of the policy', () => {
    assert.deepEqual(covered.dataOf('openExposure', { id: exposureId, coverage: 'own-damage' }, desk), {
      id: exposureId,
      coverage: 'own-damage',
      claimant: 'holder',
      limit: gbp(1_000_000),
      excess: gbp(25_000),
    });
    covered.refuses('openExposure', { id: exposureId, coverage: 'toString' }, desk, 'claim/no-such-coverage', {
      coverages: ['own-damage', 'liability'],
    });
  });

  test('of a policy nobody knows are opened all the same; whether it pays is in question anyway', () => {
    const told = story(assigned).does('openExposure', { id: exposureId, coverage: 'whatever' }, handler);
    assert.deepEqual(told.claim.exposures[exposureId], {
      n: 1,
      status: 'open',
      coverage: 'whatever',
      claimant: 'holder',
    });
  });

  test('are one per coverage, claimant and vehicle', () => {
    const told = story(exposed).does(
      'addVehicle',
      { id: vehicleId, registration: 'AA19 AAA', isInsured: true },
      handler,
    );
    told.refuses('openExposure', { id: exposureId, coverage: 'x' }, handler, 'claim/exposure-exists', {
      id: exposureId,
    });
    told.refuses('openExposure', { id: idOf(1), coverage: 'own-damage' }, handler, 'claim/exposure-exists', {
      id: exposureId,
    });
    told.does('openExposure', { id: idOf(1), coverage: 'own-damage', vehicleId }, handler);
    told.does('openExposure', { id: idOf(2), coverage: 'own-damage', claimant: partyId }, handler);
    told.refuses(
      'openExposure',
      { id: idOf(3), coverage: 'own-damage', claimant: idOf(99) },
      handler,
      'claim/no-such-party',
    );
    told.refuses(
      'openExposure',
      { id: idOf(3), coverage: 'own-damage', vehicleId: idOf(99) },
      handler,
      'claim/no-such-vehicle',
    );
  });

  test('let go of their reserve when they are closed, and can be taken up again', () => {
    const told = story(exposed).does('setReserve', { ...beyond, ...body }, handler);
    told.does('closeExposure', { exposureId, outcome: 'duplicate' }, handler);
    assert.deepEqual([told.claim.reserve, told.claim.exposures[exposureId]!.outcome], [gbp(0), 'duplicate']);
    assert.equal(told.claim.reserveLines[bodyLine]!.pending, undefined);
    told.refuses('closeExposure', { exposureId, outcome: 'denied' }, handler, 'claim/exposure-closed');
    told.does('reopenExposure', { exposureId, why: 'It was none.' }, handler);
    const { status, outcome } = told.claim.exposures[exposureId]!;
    assert.deepEqual([status, outcome], ['reopened', undefined]);
    told.refuses('reopenExposure', { exposureId, why: 'x' }, handler, 'claim/exposure-open');
    told.does('setReserve', { reserve: gbp(10), ...body }, handler);
  });

  test('are not closed while a payment is under way', () => {
    const told = story(exposed)
      .does('setReserve', { reserve: gbp(500), exposureId, costType: 'expense' }, handler)
      .does('pay', { id: idOf(1), amount: gbp(500), exposureId, costType: 'expense' }, handler);
    const unmet = [{ guard: 'unfinished-payments', ids: [idOf(1)] }];
    told.refuses('closeExposure', { exposureId, outcome: 'completed' }, handler, 'claim/unfinished', { unmet });
    told.does('issuePayment', { paymentId: idOf(1) }, handler).does('clearPayment', { paymentId: idOf(1) }, handler);
    told.does('closeExposure', { exposureId, outcome: 'completed' }, handler);
  });

  test('are not there by themselves, and not for everybody', () => {
    story(assigned).refuses('closeExposure', inputs.closeExposure, handler, 'claim/no-such-exposure', {
      id: exposureId,
    });
    story(assigned).refuses('reopenExposure', inputs.reopenExposure, handler, 'claim/no-such-exposure');
    for (const name of ['openExposure', 'closeExposure', 'reopenExposure'] as const)
      isForbidden(exposed, name, inputs[name], [holder, desk, auditor]);
    const told = story(assigned);
    for (let n = 1; n <= 40; n++) told.does('openExposure', { id: idOf(n), coverage: `coverage ${n}` }, handler);
    told.refuses('openExposure', inputs.openExposure, handler, 'claim/too-many', { of: 'exposures', max: 40 });
  });
});
