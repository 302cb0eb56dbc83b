/** From a draft to a claim that somebody works on: saving, amending, coverage, duplicates, taking over. Report, triage, assign: claim.test.ts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import type { Facts } from '../facts.ts';
import { execute, isRejection } from '../kit.ts';
import {
  callers,
  claimsByStatus,
  gbp,
  handlerId,
  isForbidden,
  isNotNow,
  loss,
  otherAgentId,
  otherClaimId,
  otherHolderId,
  pathsOf,
  policy,
  reserved,
} from './fake-claims.ts';
import { story } from './fake-story.ts';
import { claimRoom } from './room.ts';
import { when } from './transitions.ts';

const { holder, handler, desk, supervisor, system, auditor, investigator } = callers;
const { draft, submitted, triage, assigned, approved, closed } = claimsByStatus;

describe('saveDraft', () => {
  test('merges what is told into what was told before', () => {
    const { claim } = story(draft)
      .does('saveDraft', { loss: { peril: 'fire', damagedAreas: ['bonnet', 'roof'] } }, holder)
      .does('saveDraft', { loss: { place: 'York' } }, desk);
    assert.deepEqual(claim.loss, { place: 'York', peril: 'fire', damagedAreas: ['bonnet', 'roof'] });
  });

  test('writes down only what is different, and nothing if nothing is', () => {
    const told = story(draft);
    assert.deepEqual(told.dataOf('saveDraft', { loss: { place: 'Leeds, A58', peril: 'fire' } }, holder), {
      loss: { peril: 'fire' },
    });
    told.refuses('saveDraft', { loss: { place: 'Leeds, A58' } }, holder, 'claim/unchanged', { field: 'loss' });
    told.refuses('saveDraft', { loss: {} }, holder, 'claim/unchanged');
  });

  test('takes no field that a loss does not have, and none of another shape', () => {
    const claim = given(claimRoom, ...draft);
    assert.deepEqual(pathsOf(claim.when('saveDraft', { loss: { peril: 'dragon', occurredAt: '25:00' } }, holder)), [
      'loss.peril',
      'loss.occurredAt',
    ]);
  });

  test('is for drafts only', () => {
    isNotNow(submitted, 'saveDraft', { loss: { place: 'York' } }, holder, ['draft']);
    isForbidden(draft, 'saveDraft', { loss: { place: 'York' } }, [auditor, investigator]);
  });
});

describe('discard', () => {
  test('throws a draft away: withdrawn, and in no list', () => {
    const { claim } = story(draft).does('discard', {}, holder);
    assert.deepEqual([claim.status, claim.isDiscarded], ['withdrawn', true]);
  });

  test('a draft that was thrown away was never sent, so there is nothing to take up again', () => {
    const told = story(draft).does('discard', {}, holder);
    told.refuses('reopen', { reason: 'mistake', why: 'x' }, supervisor, 'claim/never-sent');
  });

  test('is for drafts only', () => {
    isNotNow(submitted, 'discard', {}, holder, ['draft']);
    isForbidden(draft, 'discard', {}, [auditor]);
  });
});

describe('the coverage at the day of loss', () => {
  type Policy = typeof policy | null;
  const read = (policyAtLoss: Policy, told = loss) => {
    const outcome = given(claimRoom, ...draft).when('report', { loss: told }, holder, undefined, { policyAtLoss });
    assert.ok(!isRejection(outcome), 'it never stops a notice of loss');
    return (outcome[0]!.data as { coverage: { inQuestion: string[]; policy?: object } }).coverage;
  };

  test('is recorded as it was read, and in question where it may not pay', () => {
    const table: [Policy, readonly string[]][] = [
      [policy, []],
      [null, ['policy-unknown']],
      [{ ...policy, inForce: false, coverages: {} }, ['not-in-force']],
      [
        { ...policy, coverages: { liability: { ...policy.coverages['liability']!, perils: ['fire'] } } },
        ['peril-not-covered'],
      ],
      [{ ...policy, holderId: otherHolderId }, ['other-holder']],
      [{ ...policy, currency: 'EUR' }, ['other-currency']],
      [
        { ...policy, inForce: false, holderId: otherHolderId, currency: 'EUR' },
        ['not-in-force', 'other-holder', 'other-currency'],
      ],
    ];
    for (const [known, inQuestion] of table) {
      const coverage = read(known);
      assert.deepEqual(coverage.inQuestion, inQuestion);
      assert.deepEqual(coverage.policy, known ?? undefined);
    }
  });

  test('is kept by the claim without the nothings', () => {
    const { claim } = story(draft, { policyAtLoss: policy }).does('report', { loss }, holder);
    assert.deepEqual(claim.coverage?.policy?.coverages, {
      'own-damage': { name: 'Own damage', perils: ['collision', 'fire'], limit: 1_000_000, excess: 25_000 },
      liability: { name: 'Liability', perils: ['collision'], excess: 0 },
    });
  });

  test('decides the currency of the claim, if the policy is the holder’s', () => {
    const inEuros = { ...policy, currency: 'EUR' };
    assert.equal(story(draft, { policyAtLoss: inEuros }).does('report', { loss }, holder).claim.loss.currency, 'EUR');
    const others = { ...inEuros, holderId: otherHolderId };
    assert.equal(story(draft, { policyAtLoss: others }).does('report', { loss }, holder).claim.loss.currency, 'GBP');
  });

  test('of a vulnerable holder makes the claim more urgent', () => {
    const told = story(draft, { policyAtLoss: { ...policy, isVulnerable: true } });
    const { claim } = told.does('report', { loss }, holder).does('triage', {}, system);
    assert.deepEqual([claim.priority, claim.priorityReasons], ['P3', { vulnerable: 20 }]);
  });
});

describe('possible duplicates', () => {
  test('are recorded with the report and hold up nothing', () => {
    const { claim } = story(draft, { possibleDuplicates: [otherClaimId] }).does('report', { loss }, holder);
    assert.deepEqual(claim.possibleDuplicates, [otherClaimId]);
    assert.equal(claim.status, 'submitted');
    assert.ok(!('possibleDuplicates' in story(draft).dataOf('report', { loss }, holder)));
  });

  test('are linked by whoever sees that they are of the same loss, and only then void', () => {
    const told = story(triage);
    const asDuplicate = { reason: 'duplicate', why: 'See your other claim.' };
    told.refuses('markVoid', asDuplicate, supervisor, 'claim/no-survivor');
    told.does('linkDuplicate', { claimId: otherClaimId }, desk);
    told.refuses('linkDuplicate', { claimId: otherClaimId }, desk, 'claim/unchanged');
    told.does('markVoid', asDuplicate, supervisor);
    const { status, duplicateOf, reason } = told.claim;
    assert.deepEqual([status, duplicateOf, reason], ['void', otherClaimId, 'See your other claim.']);
  });

  test('a claim is no duplicate of itself', () => {
    const { state } = given(claimRoom, ...triage);
    const context = { room: `claim/${otherClaimId}`, by: desk, now: '2026-01-01T09:00:00.000Z', facts: {} as Facts };
    const ask = { name: 'linkDuplicate', input: { claimId: otherClaimId }, isNew: false };
    assert.deepEqual(execute(claimRoom, state, ask, context), { rejected: 'claim/own-duplicate', details: {} });
  });

  test('something that is no claim is void without another one, unless it was paid on', () => {
    const input = { reason: 'not-a-claim', why: 'A question.' };
    for (const claim of [submitted, triage, assigned])
      assert.equal(story(claim).does('markVoid', input, supervisor).claim.status, 'void');
    isForbidden(triage, 'markVoid', input, [holder, desk, system]);
    isNotNow(approved, 'markVoid', input, supervisor, ['submitted', 'triage', 'assigned']);
    const paid = story(reserved)
      .does('setReserve', { reserve: gbp(500), costType: 'expense' }, handler)
      .does('pay', { id: otherClaimId, amount: gbp(500), costType: 'expense' }, handler);
    paid.refuses('markVoid', input, supervisor, 'claim/paid-already', { payments: [otherClaimId] });
  });
});

describe('amendLoss', () => {
  test('keeps what it was before, reads the coverage again and says why', () => {
    const told = story(assigned, { policyAtLoss: policy });
    assert.deepEqual(told.dataOf('amendLoss', { loss: { place: 'York', peril: 'theft' }, why: 'He rang.' }, handler), {
      loss: { place: 'York', peril: 'theft' },
      was: { place: 'Leeds, A58', peril: 'collision' },
      coverage: { inQuestion: ['peril-not-covered'], policy },
      why: 'He rang.',
      reweighed: { priority: 'P4', score: 15, reasons: { theft: 15 } },
    });
    const { claim } = told.does('amendLoss', { loss: { place: 'York', peril: 'theft' } }, holder);
    assert.deepEqual([claim.loss.place, claim.coverage?.inQuestion], ['York', ['peril-not-covered']]);
  });

  test('refuses what is no change, what has not happened yet and what no loss can lack', () => {
    const told = story(assigned);
    told.refuses('amendLoss', { loss: { place: loss.place } }, handler, 'claim/unchanged', { field: 'loss' });
    told.refuses('amendLoss', { loss: { occurredOn: '2026-01-02' } }, handler, 'claim/loss-in-future');
    assert.deepEqual(pathsOf(given(claimRoom, ...assigned).when('amendLoss', { loss: { place: ' ' } }, handler)), [
      'loss.place',
    ]);
  });

  test('leaves the currency alone once there is money in it', () => {
    story(reserved).refuses('amendLoss', { loss: { currency: 'EUR' } }, handler, 'claim/currency-fixed');
    story(assigned).refuses('amendLoss', { loss: { currency: 'EUR' } }, holder, 'claim/currency-fixed');
    assert.equal(story(assigned).does('amendLoss', { loss: { currency: 'EUR' } }, handler).claim.loss.currency, 'EUR');
  });

  test('is for claims that are reported and not decided', () => {
    for (const claim of [draft, approved, closed])
      isNotNow(claim, 'amendLoss', { loss: { place: 'York' } }, holder, when('amendLoss'));
    isForbidden(assigned, 'amendLoss', { loss: { place: 'York' } }, [auditor, investigator]);
  });
});

describe('setPriority', () => {
  test('overrules the weighing, says why, and stays', () => {
    const told = story(assigned);
    assert.deepEqual(told.dataOf('setPriority', { priority: 'P1', why: 'An MP rang.' }, handler), {
      priority: 'P1',
      was: 'P4',
      why: 'An MP rang.',
    });
    told.does('setPriority', { priority: 'P1', why: 'An MP rang.' }, supervisor);
    assert.deepEqual([told.claim.priority, told.claim.isPrioritySetByHand], ['P1', true]);
    told.refuses('setPriority', { priority: 'P1', why: 'x' }, handler, 'claim/unchanged', { field: 'priority' });
  });

  test('is not the desk’s or the holder’s, and not after the decision', () => {
    isForbidden(assigned, 'setPriority', { priority: 'P1', why: 'x' }, [desk, holder, system]);
    isNotNow(approved, 'setPriority', { priority: 'P1', why: 'x' }, supervisor, when('setPriority'));
  });
});

describe('takeOver', () => {
  test('an agent makes a claim their own, be it somebody else’s', () => {
    const { claim } = story(triage).does('takeOver', {}, desk);
    assert.deepEqual([claim.status, claim.handlerId], ['assigned', otherAgentId]);
    for (const status of ['assessment', 'awaiting_info', 'review', 'approved', 'settling', 'denied'] as const) {
      const taken = story(claimsByStatus[status]);
      assert.deepEqual(taken.dataOf('takeOver', {}, desk), { handlerId: otherAgentId, was: handlerId });
      assert.equal(taken.does('takeOver', {}, desk).claim.status, status, 'it stays where it stands');
    }
  });

  test('a supervisor does so only with an agent’s record', () => {
    story(triage).refuses('takeOver', {}, supervisor, 'claim/no-agent');
    assert.equal(story(triage).does('takeOver', {}, { ...supervisor, agentId: handlerId }).claim.handlerId, handlerId);
  });

  test('nobody takes what they have, or what is over', () => {
    story(assigned).refuses('takeOver', {}, { ...supervisor, agentId: handlerId }, 'claim/already-assigned', {
      handlerId,
    });
    isForbidden(assigned, 'takeOver', {}, [handler, holder, auditor]);
    isNotNow(closed, 'takeOver', {}, desk, when('takeOver'));
  });
});
