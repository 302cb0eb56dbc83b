/** What a claim lacks for each step, by the names a form gives the fields. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from '../given.ts';
import { type Claim, initial } from './claim.ts';
import { callers, claimsByStatus, gbp, loss, partyAdded, policy } from './fake-claims.ts';
import { story } from './fake-story.ts';
import { claimRoom } from './room.ts';
import { type Level, levels, missing, validate } from './validation.ts';

const { holder, handler, supervisor, system } = callers;
const pathsAt = (claim: Claim, level: Level) => missing(claim, level).map(({ path }) => path);

test('a draft needs somebody whose claim it is; a notice of loss needs the whole loss', () => {
  const { state } = given(claimRoom, ...claimsByStatus.draft);
  assert.deepEqual(pathsAt(initial, 'draft'), ['holderId']);
  assert.deepEqual(pathsAt(state, 'draft'), []);
  assert.deepEqual(
    pathsAt(state, 'new-loss-complete'),
    ['policyNumber', 'currency', 'peril', 'occurredOn', 'narrative', 'isInjury', 'isDrivable'].map(
      (key) => `loss.${key}`,
    ),
  );
});

test('what `report` accepts lacks nothing for it, and what it refuses does', () => {
  const told = story(claimsByStatus.draft).does('saveDraft', { loss }, holder);
  assert.deepEqual(missing(told.claim, 'new-loss-complete'), []);
  told.does('report', {}, holder);
});

test('to be paid on a claim needs a handler, cover without question, a decision and something put aside', () => {
  const told = story(claimsByStatus.draft, { policyAtLoss: { ...policy, inForce: false } })
    .does('report', { loss }, holder)
    .does('triage', {}, system);
  assert.deepEqual(missing(told.claim, 'ready-to-pay'), [
    { path: 'handlerId', message: 'nobody handles it' },
    { path: 'coverage.inQuestion', message: 'not-in-force' },
    { path: 'payable', message: 'no amount has been accepted' },
    { path: 'reserveLines.claim.indemnity.general', message: 'nothing is put aside' },
  ]);
  const sound = story([...claimsByStatus.draft], { policyAtLoss: policy })
    .does('report', { loss }, holder)
    .does('assign', { handlerId: handler.agentId }, supervisor)
    .does('setReserve', { reserve: gbp(100) }, handler)
    .does('approve', { payable: gbp(100) }, handler);
  assert.deepEqual(pathsAt(sound.claim, 'ready-to-pay'), []);
  sound.does('addParty', { ...partyAdded.data, id: '0190a000-0000-7000-8000-0000000000ff' }, handler);
  sound.does('holdPayments', { why: 'x' }, supervisor);
  assert.deepEqual(pathsAt(sound.claim, 'ready-to-pay'), ['paymentHold', 'liability']);
});

test('every level is listed at once', () => {
  assert.deepEqual(Object.keys(validate(initial)), [...levels]);
  assert.deepEqual(validate(given(claimRoom, ...claimsByStatus.submitted).state).draft, []);
});
