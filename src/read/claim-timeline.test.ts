import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initial } from '../../rooms/claim/claim.ts';
import { events } from '../../rooms/claim/events.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { isInside, timelineFor } from './claim-timeline.ts';

const seats = Object.keys(claimRoom.view);
const called = { who: (id: string) => id, agent: (id: string) => id };
const event = (type: string, data: object) => ({
  seq: 1,
  type,
  version: 1,
  data,
  byId: 'sue',
  bySeat: 'supervisor',
  at: '2026-01-01T09:00:00.000Z',
});

test('outside, a seat hears of what it is meant to hear of, and of nothing new until somebody says so', () => {
  const heard: Record<string, string> = {
    holder:
      'appealed approved assessmentStarted assigned closed complaintRaised complaintResolved declined discarded draftSaved ' +
      'draftStarted informationAsked lossAmended messageSent partiallyApproved paymentApproved paymentCleared paymentFailed ' +
      'paymentIssued paymentMade rated reopened reported requestAnswered requestWaived sentForReview triaged voided withdrawn',
    thirdParty:
      'approved assessmentStarted closed declined partiallyApproved reopened reported sentForReview triaged voided withdrawn',
    assessor:
      'assessmentStarted assessorAssigned assigned closed exposureClosed exposureOpened lossAmended partyAdded reopened ' +
      'reported sentForReview vehicleAdded voided withdrawn',
  };
  for (const seat of seats) {
    const { types } = timelineFor(seat, initial);
    assert.equal(types?.toSorted().join(' '), heard[seat], seat);
    assert.equal(isInside(seat), heard[seat] === undefined, seat);
  }
  assert.deepEqual(timelineFor('stranger', initial).types, []);
  assert.equal(isInside('stranger'), false);
});

test('what is not told to a seat is not told by asking for it', () => {
  for (const type of ['reserveSet', 'noteAdded', 'referred', 'paymentsHeld', 'constructor', 'toString'])
    for (const seat of ['holder', 'thirdParty', 'assessor', 'stranger'])
      assert.equal(
        timelineFor(seat, initial).tell(event(type, { id: 'x', why: 'x' }), called),
        null,
        `${type} to ${seat}`,
      );
});

test('inside, there are words for everything that can happen, and of suspicion only that it is there', () => {
  const secret = 'the third van';
  for (const type of ['referred', 'investigationClosed', 'paymentsHeld', 'holdLifted']) {
    const suspicion = event(type, { why: secret, disposition: secret, findings: secret, indicators: [secret] });
    for (const seat of seats.filter(isInside)) {
      const told = timelineFor(seat, initial).tell(suspicion, called)!;
      const knows = ['system', 'investigator', 'auditor'].includes(seat);
      assert.equal(JSON.stringify(told).includes(secret), knows, `${type} to ${seat}`);
      assert.deepEqual([told.bySeat, told.isNameTold], knows ? ['supervisor', true] : ['us', false]);
    }
  }
  // A name of an event instead of words would mean that it was forgotten.
  const plain = [
    'draftStarted',
    'assessmentStarted',
    'noteAdded',
    'requestOverdue',
    'paymentApproved',
    'paymentCleared',
  ];
  for (const type of plain) assert.notEqual(timelineFor('desk', initial).tell(event(type, {}), called)!.summary, type);
  assert.ok(Object.keys(events).length > plain.length);
  assert.equal(timelineFor('desk', initial).tell(event('somethingNewer', {}), called)!.summary, 'somethingNewer');
});

test('money is told to the penny, with its currency', () => {
  const told = (amount: number) =>
    timelineFor('desk', initial).tell(
      event('reserveApproved', { line: 'x', reserve: { amount, currency: 'EUR' } }),
      called,
    )!.summary;
  assert.equal(told(123_456_789), 'Reserve approved: 1,234,567.89 EUR.');
  assert.equal(told(5), 'Reserve approved: 0.05 EUR.');
  assert.equal(told(10), 'Reserve approved: 0.10 EUR.');
});
