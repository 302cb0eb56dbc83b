/** Deciding, closing, taking up again, investigating. Amounts of a decision: amounts.test.ts; times: deadlines.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  assessorId,
  callers,
  claimsByStatus,
  director,
  exposed,
  exposureId,
  gbp,
  idOf,
  isForbidden,
  isNotNow,
  paymentId,
  pathsOf,
  questioned,
  reserved,
} from './fake-claims.ts';
import { inputs } from './fake-inputs.ts';
import { story } from './fake-story.ts';
import { given } from '../given.ts';
import { claimRoom } from './room.ts';
import { when } from './transitions.ts';

const { holder, handler, desk, supervisor, system, auditor, assessor, investigator } = callers;
const { draft, submitted, triage, assigned, denied, settling, closed, withdrawn } = claimsByStatus;

describe('the assessment', () => {
  test('is begun by the assessor who was asked, or for them, and sent to review when all is known', () => {
    const told = story(assigned);
    told.refuses('startAssessment', {}, handler, 'claim/no-assessor');
    told.does('assignAssessor', { assessorId }, handler);
    told.refuses('assignAssessor', { assessorId }, handler, 'claim/already-assigned', { assessorId });
    assert.deepEqual(told.dataOf('assignAssessor', { assessorId: idOf(99) }, handler), {
      assessorId: idOf(99),
      was: assessorId,
    });
    told.does('startAssessment', { assessmentId: idOf(50) }, assessor);
    assert.equal(told.claim.status, 'assessment');
    told.does('sendForReview', { why: 'Estimate is in.' }, handler);
    assert.equal(told.claim.status, 'review');
  });

  test('is not everybody’s to ask for', () => {
    for (const name of ['assignAssessor', 'startAssessment', 'sendForReview'] as const)
      isForbidden(assigned, name, inputs[name], [holder, desk, auditor]);
  });
});

describe('approvePartially', () => {
  const part = { payable: gbp(50_000), reason: 'Worn before.', clause: '4.2' };

  test('accepts part of it, and says why not the rest', () => {
    const { status, payable, reason, clause } = story(reserved).does('approvePartially', part, handler).claim;
    assert.deepEqual([status, payable, reason, clause], ['partially_approved', gbp(50_000), 'Worn before.', '4.2']);
  });

  test('is bound by reserve and authority as any acceptance', () => {
    const told = story(reserved);
    told.refuses('approvePartially', { ...part, payable: gbp(150_001) }, handler, 'claim/over-reserve', {
      reserve: gbp(150_000),
    });
    told.refuses('approvePartially', { ...part, payable: gbp(0) }, handler, 'claim/nothing-payable');
    told.refuses(
      'approvePartially',
      part,
      { ...handler, limits: { reserve: 0, payment: 49_999 } },
      'claim/over-authority',
    );
    assert.deepEqual(pathsOf(given(claimRoom, ...reserved).when('approvePartially', { payable: gbp(1) }, handler)), [
      'reason',
      'clause',
    ]);
    isForbidden(reserved, 'approvePartially', part, [holder, desk, system]);
  });
});

describe('a reserve for expenses', () => {
  test('pays for no damage', () => {
    const told = story(assigned).does('setReserve', { reserve: gbp(9_000), costType: 'expense' }, handler);
    told.refuses('approve', { payable: gbp(1) }, handler, 'claim/over-reserve', { reserve: gbp(0) });
  });
});

describe('a claim whose cover is in question', () => {
  const unknown = () => story([...reserved, questioned]);
  const details = { inQuestion: ['not-in-force', 'other-holder'] };

  test('is accepted, all or some of it, only when a supervisor has said why it pays', () => {
    const partly = { payable: gbp(10), reason: 'x', clause: 'y' };
    unknown().refuses('approve', { payable: gbp(10) }, supervisor, 'claim/coverage-in-question', details);
    unknown().refuses('approvePartially', partly, supervisor, 'claim/coverage-in-question', details);
    isForbidden([...reserved, questioned], 'confirmCoverage', { why: 'x' }, [handler, desk, holder, system]);
    const told = unknown().does('confirmCoverage', { why: 'Renewed by phone that day.' }, supervisor);
    assert.deepEqual(told.claim.coverage?.confirmed, {
      why: 'Renewed by phone that day.',
      by: supervisor.accountId,
      at: '2026-01-01T09:00:00.000Z',
    });
    told.does('approve', { payable: gbp(10) }, handler).does('pay', { id: idOf(1), amount: gbp(10) }, handler);
  });

  test('can be declined, and its own costs paid, all the same', () => {
    const expense = { costType: 'expense' };
    unknown()
      .does('setReserve', { reserve: gbp(500), ...expense }, handler)
      .does('pay', { id: idOf(1), amount: gbp(500), ...expense }, handler)
      .does('decline', { reason: 'x', clause: 'y' }, handler);
  });

  test('is in question again when the loss is told anew', () => {
    const told = unknown().does('confirmCoverage', { why: 'x' }, supervisor);
    told.does('amendLoss', { loss: { occurredOn: '2025-12-29' } }, handler);
    told.refuses('approve', { payable: gbp(10) }, handler, 'claim/coverage-in-question', {
      inQuestion: ['policy-unknown'],
    });
  });
});

describe('appeal', () => {
  test('takes a refusal back to review; the next decision stands instead', () => {
    const told = story(denied).does('appeal', { why: 'A witness.' }, supervisor);
    assert.deepEqual([told.claim.status, told.claim.decidedAt], ['review', undefined]);
    told.does('approve', { payable: gbp(10) }, supervisor);
    assert.deepEqual([told.claim.status, told.claim.reason, told.claim.clause], ['approved', undefined, undefined]);
  });

  test('is a supervisor’s to let through, and only of a refusal', () => {
    isForbidden(denied, 'appeal', { why: 'x' }, [holder, handler, desk]);
    isNotNow(closed, 'appeal', { why: 'x' }, supervisor, ['denied']);
  });
});

describe('close', () => {
  test('a claim on which everything is paid; nothing stays put aside', () => {
    const told = story(settling)
      .does('issuePayment', { paymentId }, system)
      .does('clearPayment', { paymentId }, system)
      .does('setReserve', { reserve: gbp(100) }, handler);
    told.does('close', { why: 'Done.' }, handler, '2026-01-09T09:00:00.000Z');
    assert.deepEqual(
      [told.claim.status, told.claim.closedAt, told.claim.reserve],
      ['closed', '2026-01-09T09:00:00.000Z', gbp(0)],
    );
  });

  test('is turned down with all that is unfinished', () => {
    const told = story([...exposed, { type: 'reserveSet', data: { reserve: gbp(50_000) } }])
      .does('approve', { payable: gbp(100_000) }, handler)
      .does('pay', { id: idOf(1), amount: gbp(10_000) }, handler)
      .does('setReserve', { reserve: gbp(900_000), requestApproval: true }, handler)
      .does('referToInvestigation', { why: 'x' }, handler)
      .does('holdPayments', { why: 'x' }, supervisor);
    told.refuses('close', {}, handler, 'claim/unfinished', {
      unmet: [
        { guard: 'open-exposures', ids: [exposureId] },
        { guard: 'unfinished-payments', ids: [idOf(1)] },
        { guard: 'pending-reserves', ids: ['claim.indemnity.general'] },
        { guard: 'unpaid', payable: gbp(100_000), paid: gbp(10_000) },
        { guard: 'open-investigation' },
        { guard: 'payments-held' },
      ],
    });
    told
      .does('closeInvestigation', { disposition: 'pay', findings: 'x' }, investigator)
      .does('liftHold', { why: 'x' }, investigator)
      .does('refuseReserve', { line: 'claim.indemnity.general', why: 'x' }, handler)
      .does('issuePayment', { paymentId: idOf(1) }, system);
    const why = 'They did without the rest.';
    told.refuses('close', { why }, handler, 'claim/unfinished', {
      unmet: [
        { guard: 'open-exposures', ids: [exposureId] },
        { guard: 'unfinished-payments', ids: [idOf(1)] },
      ],
    });
    told
      .does('clearPayment', { paymentId: idOf(1) }, system)
      .does('closeExposure', { exposureId, outcome: 'completed' }, handler);
    told.refuses('close', {}, handler, 'claim/unfinished', {
      unmet: [{ guard: 'unpaid', payable: gbp(100_000), paid: gbp(10_000) }],
    });
    told.does('close', { why }, handler);
  });

  test('takes a reason where a payment has failed and nothing was paid', () => {
    const told = story(settling)
      .does('issuePayment', { paymentId }, system)
      .does('failPayment', { paymentId, why: 'No such account.' }, system);
    const unmet = [{ guard: 'unpaid', payable: gbp(120_000), paid: gbp(0) }];
    told.refuses('close', {}, system, 'claim/unfinished', { unmet });
    told.does('close', { why: 'They cannot be found.' }, handler);
  });

  test('a refusal is closed when it can no longer be appealed against, and its exposures with it', () => {
    const told = story(exposed).does('decline', { reason: 'x', clause: 'y' }, handler);
    told.refuses(
      'close',
      {},
      handler,
      'claim/appeal-open',
      { until: '2026-01-15T09:00:00.000Z' },
      '2026-01-15T08:59:59.999Z',
    );
    told.does('close', {}, handler, '2026-01-15T09:00:00.000Z');
    const { status, outcome } = told.claim.exposures[exposureId]!;
    assert.deepEqual([status, outcome], ['closed', 'denied']);
  });

  test('is not the desk’s or the holder’s, and not of a claim that is being worked on', () => {
    isForbidden(settling, 'close', {}, [desk, holder, auditor]);
    isNotNow(assigned, 'close', {}, supervisor, ['settling', 'denied']);
  });
});

describe('reopen', () => {
  const again = { reason: 'supplement', why: 'The garage found more.' };

  test('takes a closed claim back to review, counted; its exposures are taken up one by one', () => {
    const told = story(closed).does('reopen', again, supervisor);
    const { status, reopenCount, closedAt, payable } = told.claim;
    assert.deepEqual([status, reopenCount, closedAt, payable], ['review', 1, undefined, gbp(120_000)]);
    const denial = story(exposed)
      .does('decline', { reason: 'x', clause: 'y' }, handler)
      .does('close', {}, handler, '2026-02-01T09:00:00.000Z');
    denial.does('reopen', { reason: 'complaint-upheld', why: 'x' }, supervisor);
    assert.equal(denial.claim.exposures[exposureId]!.status, 'closed');
    denial.does('reopenExposure', { exposureId, why: 'x' }, handler);
  });

  test('what is accepted then includes what was paid before', () => {
    const told = story(closed).does('reopen', again, supervisor);
    told.refuses('approve', { payable: gbp(119_999) }, supervisor, 'claim/already-paid', { paid: gbp(120_000) });
    told.refuses('approve', { payable: gbp(120_001) }, supervisor, 'claim/over-reserve', { reserve: gbp(0) });
    told.does('setReserve', { reserve: gbp(30_000) }, handler).does('approve', { payable: gbp(150_000) }, supervisor);
    told.refuses('pay', { id: idOf(1), amount: gbp(30_001) }, handler, 'claim/over-reserve');
    told.does('pay', { id: idOf(1), amount: gbp(30_000), kind: 'final' }, handler);
  });

  test('takes a withdrawn claim back to triage, to be handed out anew', () => {
    const told = story(withdrawn).does('reopen', { reason: 'mistake', why: 'x' }, supervisor);
    assert.deepEqual([told.claim.status, told.claim.handlerId, told.claim.reason], ['triage', undefined, undefined]);
    told.does('takeOver', {}, desk);
    assert.equal(told.claim.status, 'assigned');
  });

  test('weighs a claim that was taken back before anybody had weighed it', () => {
    const told = story(submitted).does('withdraw', { reason: 'x' }, holder);
    told.does('reopen', { reason: 'mistake', why: 'x' }, supervisor);
    assert.deepEqual([told.claim.priority, told.claim.priorityScore], ['P4', 0]);
    assert.ok(!('reweighed' in story(withdrawn).dataOf('reopen', { reason: 'mistake', why: 'x' }, supervisor)));
  });

  test('is a supervisor’s, for a reason from the list', () => {
    isForbidden(closed, 'reopen', again, [handler, desk, holder, system]);
    story(closed).refuses('reopen', { ...again, reason: 'because' }, supervisor, 'invalid');
    for (const claim of [draft, denied]) isNotNow(claim, 'reopen', again, supervisor, ['closed', 'withdrawn']);
  });
});

describe('investigation', () => {
  test('is a flag beside the status: who refers says why, investigators end it', () => {
    for (const by of [handler, desk, supervisor, investigator, system])
      assert.equal(story(assigned).does('referToInvestigation', { why: 'x' }, by).claim.investigation?.status, 'open');
    const told = story(assigned).does('referToInvestigation', { why: 'Two stories.', indicators: ['F08'] }, handler);
    assert.equal(told.claim.status, 'assigned');
    told.refuses('referToInvestigation', { why: 'x' }, desk, 'claim/already-referred');
    told.does('closeInvestigation', { disposition: 'unfounded', findings: 'One story.' }, investigator);
    assert.deepEqual(told.claim.investigation, {
      status: 'closed',
      reason: 'Two stories.',
      indicators: ['F08'],
      by: 'hannah',
      at: '2026-01-01T09:00:00.000Z',
      disposition: 'unfounded',
      findings: 'One story.',
    });
    told.refuses('closeInvestigation', inputs.closeInvestigation, investigator, 'claim/not-referred');
    told.does('referToInvestigation', { why: 'A third story.' }, desk);
  });

  test('holds payments if an investigator, a supervisor or the system says so', () => {
    for (const by of [investigator, supervisor, system])
      assert.ok(story(assigned).does('holdPayments', { why: 'x' }, by).claim.paymentHold);
    const told = story(assigned).does('holdPayments', { why: 'x' }, investigator);
    told.refuses('holdPayments', { why: 'x' }, supervisor, 'claim/held-already');
    told.does('liftHold', { why: 'x' }, supervisor).refuses('liftHold', { why: 'x' }, supervisor, 'claim/not-held');
    isForbidden(assigned, 'holdPayments', { why: 'x' }, [handler, desk, holder]);
    isForbidden(assigned, 'liftHold', { why: 'x' }, [handler, desk, holder, system]);
    isForbidden(assigned, 'referToInvestigation', { why: 'x' }, [holder, auditor]);
    isForbidden(assigned, 'closeInvestigation', inputs.closeInvestigation, [supervisor, handler, desk]);
    isNotNow(draft, 'holdPayments', { why: 'x' }, director, when('holdPayments'));
    assert.ok(story(triage));
  });
});
