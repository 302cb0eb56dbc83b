import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Claim, initial, type LossDraft } from './claim.ts';
import { callers, claimsByStatus, gbp, holderId, idOf, loss, otherHolderId, policy } from './fake-claims.ts';
import { story } from './fake-story.ts';
import { weigh } from './priority.ts';

const now = '2026-01-02T10:00:00.000Z';
const { system, handler, supervisor, holder } = callers;

test('an injury weighs most; reasons add up, and the bands are at 70, 45 and 20', () => {
  const table: [LossDraft, string, number][] = [
    [{}, 'P4', 0],
    [{ isInjury: false, isDrivable: true, peril: 'glass' }, 'P4', 0],
    [{ peril: 'storm' }, 'P4', 10],
    [{ isCatastrophe: true }, 'P4', 10],
    [{ peril: 'theft' }, 'P4', 15],
    [{ isAirbagDeployed: true, isChildInvolved: true }, 'P4', 15],
    [{ needsHire: true, peril: 'storm' }, 'P3', 20],
    [{ isDrivable: false }, 'P3', 25],
    [{ isInjury: true }, 'P3', 40],
    [{ isDrivable: false, peril: 'theft' }, 'P3', 40],
    [{ isInjury: true, peril: 'storm' }, 'P2', 50],
    [{ isInjury: true, isDrivable: false }, 'P2', 65],
    [{ isInjury: true, isDrivable: false, peril: 'storm' }, 'P1', 75],
    [{ isInjury: true, isDrivable: false, peril: 'theft', isThirdPartyInvolved: true, needsHire: true }, 'P1', 100],
  ];
  for (const [told, priority, score] of table) {
    const weight = weigh({ ...initial, loss: told }, now);
    assert.deepEqual([weight.priority, weight.score], [priority, score], JSON.stringify(told));
  }
});

test('a car nobody has said anything about counts as driven away', () => {
  assert.equal(weigh({ ...initial, loss: { peril: 'collision' } }, now).score, 0);
});

test('what somebody else’s policy says of its holder is about somebody else', () => {
  const coverage = { inQuestion: ['other-holder' as const], policy: { ...policy, isVulnerable: true, coverages: {} } };
  assert.deepEqual(weigh({ ...initial, holderId: otherHolderId, coverage }, now).reasons, {});
  assert.deepEqual(weigh({ ...initial, holderId, coverage }, now).reasons, { vulnerable: 20 });
});

test('the trace says which rules gave how much', () => {
  const claim: Claim = {
    ...initial,
    holderId,
    loss: { isInjury: true, peril: 'storm' },
    reserve: gbp(1_000_001),
    coverage: { inQuestion: [], policy: { ...policy, isVulnerable: true, coverages: {} } },
    parties: { [idOf(1)]: { n: 1, role: 'claimant', name: 'Tess' } },
    complaint: { status: 'open', text: 'x', raisedAt: now, dueBy: now },
    due: { decision: '2025-12-30T10:00:00.000Z' },
  };
  const { reasons, score } = weigh(claim, now);
  assert.deepEqual(reasons, {
    injury: 40,
    vulnerable: 20,
    complaint: 20,
    'third-party': 15,
    catastrophe: 10,
    'large-reserve': 10,
    late: 15,
  });
  assert.equal(score, 100);
});

test('small glass goes through by itself, unless somebody else is involved or it is looked into', () => {
  const glass: Claim = { ...initial, loss: { peril: 'glass' } };
  const isFast = (claim: Claim) => Object.hasOwn(weigh(claim, now).reasons, 'fast-track');
  assert.ok(isFast(glass));
  assert.ok(isFast({ ...glass, reserve: gbp(149_999) }));
  assert.ok(!isFast({ ...glass, reserve: gbp(150_000) }));
  assert.ok(!isFast({ ...glass, loss: { peril: 'glass', isThirdPartyInvolved: true } }));
  assert.ok(!isFast({ ...glass, investigation: { status: 'open', reason: 'x', by: 'x', at: now } }));
  assert.ok(!isFast({ ...glass, loss: { peril: 'fire' } }));
});

describe('what comes to be known later', () => {
  const triaged = () => story(claimsByStatus.submitted).does('triage', {}, system);

  test('makes a claim more urgent with the event that makes it known', () => {
    const claim = triaged().does('assign', { handlerId: handler.agentId }, supervisor);
    assert.deepEqual([claim.claim.priority, claim.claim.priorityReasons], ['P4', {}]);
    const amended = claim.dataOf('amendLoss', { loss: { isInjury: true } }, handler) as { reweighed: object };
    assert.deepEqual(amended.reweighed, { priority: 'P3', score: 40, reasons: { injury: 40 } });
    claim.does('amendLoss', { loss: { isInjury: true } }, handler);
    claim.does('addParty', { id: idOf(0x30), role: 'claimant', name: 'Tess' }, handler);
    claim.does('raiseComplaint', { text: 'Nobody rings.' }, holder);
    assert.deepEqual([claim.claim.priority, claim.claim.priorityScore], ['P1', 75]);
    assert.deepEqual(claim.claim.priorityReasons, { injury: 40, 'third-party': 15, complaint: 20 });
  });

  test('changes nothing where it does not weigh, and says so by saying nothing', () => {
    const claim = triaged();
    assert.ok(!('reweighed' in claim.dataOf('amendLoss', { loss: { place: 'York' } }, holder)));
    assert.ok(!('reweighed' in claim.dataOf('addParty', { id: idOf(0x30), role: 'witness', name: 'Will' }, holder)));
  });

  test('does not overrule what somebody set by hand', () => {
    const claim = triaged().does('setPriority', { priority: 'P2', why: 'I know them.' }, supervisor);
    assert.ok(!('reweighed' in claim.dataOf('amendLoss', { loss: { ...loss, isInjury: true } }, holder)));
    claim.does('raiseComplaint', { text: 'Nobody rings.' }, holder);
    assert.equal(claim.claim.priority, 'P2');
  });
});
