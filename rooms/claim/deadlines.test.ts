/** What falls due on a claim by itself, and what the system then does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import { type Claim, type Status, statuses } from './claim.ts';
import { callers, claimsByStatus, gbp, idOf, itemId, loss, partyAdded, partyId, requestId } from './fake-claims.ts';
import { story, type Story } from './fake-story.ts';
import { claimRoom } from './room.ts';

const { system, handler, supervisor, holder } = callers;
const dueOn = (claim: Claim) => claimRoom.deadlines!(claim);
const namesOn = (claim: Claim) => dueOn(claim).map(({ name }) => name);
/** The system does what is due, at the time at which it is. */
const fires = (told: Story, name: string) => {
  const due = dueOn(told.claim).find((each) => each.name === name);
  assert.ok(due, `${name} is not due: ${namesOn(told.claim).join()}`);
  return told.does(due.command as 'withdraw', due.input, system, due.at);
};

test('a draft is withdrawn thirty days after it was last touched', () => {
  const { state } = given(claimRoom, ...claimsByStatus.draft);
  assert.deepEqual(dueOn(state), [
    { name: 'draft-expires', at: '2026-01-31T09:00:00.000Z', command: 'withdraw', input: { reason: 'Never sent.' } },
  ]);
  assert.equal(fires(story(claimsByStatus.draft), 'draft-expires').claim.status, 'withdrawn');
});

test('a claim of which no time was promised waits for nobody', () => {
  for (const status of statuses.filter(
    (each) => !(['draft', 'awaiting_info', 'review', 'denied'] as Status[]).includes(each),
  ))
    assert.deepEqual(namesOn(given(claimRoom, ...claimsByStatus[status]).state), [], status);
});

describe('a promised time', () => {
  const reported = () =>
    story([]).does('report', { loss: { ...loss, isInjury: true, isDrivable: false, peril: 'theft' } }, holder);
  const inReview = () => story(claimsByStatus.assigned).does('sendForReview', {}, handler, '2026-02-02T10:00:00.000Z');

  test('to weigh the claim is an hour', () => {
    const told = reported();
    assert.deepEqual(dueOn(told.claim), [
      { name: 'triage-due', at: '2026-01-01T10:00:00.000Z', command: 'noteBreach', input: { target: 'triage' } },
    ]);
    fires(told, 'triage-due');
    assert.deepEqual(told.claim.breaches, { triage: '2026-01-01T10:00:00.000Z' });
    assert.deepEqual(namesOn(told.claim), [], 'it is missed once');
  });

  test('to speak to the holder depends on how urgent it is, and is kept by the first message to them', () => {
    const urgent = reported().does('triage', {}, system);
    assert.equal(urgent.claim.priority, 'P1');
    assert.deepEqual(urgent.claim.due, { 'first-contact': '2026-01-01T09:10:00.000Z' });
    const calm = story(claimsByStatus.submitted).does('triage', {}, system);
    assert.deepEqual(calm.claim.due, { 'first-contact': '2026-01-02T13:00:00.000Z' });
    urgent.does('assign', { handlerId: handler.agentId }, supervisor);
    urgent.does('sendMessage', { id: idOf(0x30), text: 'He rang.', from: 'holder', channel: 'phone' }, handler);
    assert.deepEqual(
      namesOn(urgent.claim),
      ['first-contact-near'],
      'that they spoke to us is not that we spoke to them',
    );
    urgent.does('sendMessage', { id: idOf(0x31), text: 'How are you?', channel: 'phone' }, handler);
    assert.deepEqual(urgent.claim.due, {});
  });

  test('to speak to the holder is not made when somebody already has', () => {
    const told = reported()
      .does('sendMessage', { id: idOf(0x31), text: 'We have it.' }, system)
      .does('triage', {}, system);
    assert.deepEqual(told.claim.due, {});
  });

  test('to decide is two days of work from when it came to review, and kept by any decision', () => {
    const decisions: [Parameters<Story['does']>[0], object][] = [
      ['approve', { payable: gbp(1) }],
      ['approvePartially', { payable: gbp(1), reason: 'x', clause: 'y' }],
      ['decline', { reason: 'x', clause: 'y' }],
    ];
    for (const [name, input] of decisions) {
      const told = inReview();
      assert.deepEqual(told.claim.due, { decision: '2026-02-04T10:00:00.000Z' });
      told.does('setReserve', { reserve: gbp(1) }, handler).does(name, input, handler);
      assert.deepEqual(told.claim.due, {}, name);
    }
  });

  test('to decide stands still while we wait for the holder; what was left to work then is left afterwards', () => {
    const ask = { id: requestId, dueOn: '2026-02-20', items: [{ id: itemId, kind: 'photo', text: 'The bumper.' }] };
    const told = inReview().does('askForInformation', ask, handler, '2026-02-03T10:00:00.000Z');
    assert.deepEqual(namesOn(told.claim), [`request-due-${requestId}`]);
    told.does(
      'answerRequest',
      { requestId, items: [{ id: itemId, text: 'Here.' }] },
      holder,
      '2026-02-06T11:00:00.000Z',
    );
    // A day of work was left on Tuesday; from Friday on, that is Monday.
    assert.deepEqual(told.claim.due, { decision: '2026-02-09T11:00:00.000Z' });
    assert.equal(told.claim.status, 'review');
  });

  test('to decide goes on while we wait for somebody else', () => {
    const ask = {
      id: requestId,
      to: partyId,
      dueOn: '2026-02-20',
      items: [{ id: itemId, kind: 'answer', text: 'Who drove?' }],
    };
    const told = story([...claimsByStatus.assigned, partyAdded]).does(
      'sendForReview',
      {},
      handler,
      '2026-02-02T10:00:00.000Z',
    );
    told.does('askForInformation', ask, handler, '2026-02-03T10:00:00.000Z');
    assert.deepEqual(namesOn(told.claim), ['decision-near', `request-due-${requestId}`]);
    fires(told, 'decision-near');
    assert.deepEqual(told.claim.warned, { decision: '2026-02-04T10:00:00.000Z' });
    fires(told, 'decision-due');
    assert.deepEqual(told.claim.breaches, { decision: '2026-02-04T10:00:00.000Z' });
  });

  test('that was missed makes the claim more urgent for each day', () => {
    const told = story(claimsByStatus.assigned)
      .does('sendForReview', {}, handler, '2026-02-02T10:00:00.000Z')
      .does('noteBreach', { target: 'decision' }, system, '2026-02-07T10:00:00.000Z');
    assert.deepEqual([told.claim.priorityScore, told.claim.priorityReasons], [15, { late: 15 }]);
  });

  test('is not missed before it has passed, nor twice, nor by anybody’s word', () => {
    const told = inReview();
    told.refuses('noteBreach', { target: 'decision' }, system, 'claim/not-due', { target: 'decision' });
    told.refuses('noteBreach', { target: 'triage' }, system, 'claim/not-due');
    told.does('noteBreach', { target: 'decision' }, system, '2026-02-04T10:00:00.000Z');
    told.refuses('noteBreach', { target: 'decision' }, system, 'claim/not-due');
    told.refuses('noteBreach', { target: 'decision' }, supervisor, 'forbidden');
  });

  test('ends with the claim', () => {
    const told = inReview().does('withdraw', { reason: 'Paid it myself.' }, holder);
    assert.deepEqual(dueOn(told.claim), []);
  });
});

describe('a request', () => {
  test('is overdue when its day is over, once, and still can be answered', () => {
    const told = story(claimsByStatus.awaiting_info);
    assert.deepEqual(dueOn(told.claim), [
      {
        name: `request-due-${requestId}`,
        at: '2026-01-09T00:00:00.000Z',
        command: 'noteOverdue',
        input: { requestId },
      },
    ]);
    told.refuses('noteOverdue', { requestId }, system, 'claim/not-due', { id: requestId });
    fires(told, `request-due-${requestId}`);
    assert.equal(told.claim.requests[requestId]!.isOverdue, true);
    assert.deepEqual(dueOn(told.claim), []);
    told.refuses('noteOverdue', { requestId }, system, 'claim/not-due');
    told.does('answerRequest', { requestId, items: [{ id: itemId, text: 'Sorry.' }] }, holder);
    assert.equal(told.claim.status, 'assigned');
  });
});

describe('a refusal', () => {
  test('stands for fourteen days; then the claim is closed', () => {
    const told = story(claimsByStatus.denied);
    assert.deepEqual(dueOn(told.claim), [
      { name: 'appeal-lapses', at: '2026-01-15T09:00:00.000Z', command: 'close', input: {} },
    ]);
    told.refuses('close', {}, supervisor, 'claim/appeal-open', { until: '2026-01-15T09:00:00.000Z' });
    fires(told, 'appeal-lapses');
    assert.deepEqual([told.claim.status, told.claim.reserve], ['closed', gbp(0)]);
    assert.deepEqual(dueOn(told.claim), []);
  });

  test('is not closed over what is unfinished, and is due again when that is done', () => {
    const told = story(claimsByStatus.denied).does('referToInvestigation', { why: 'x' }, supervisor);
    assert.deepEqual(namesOn(told.claim), []);
    told.does('closeInvestigation', { disposition: 'deny', findings: 'x' }, callers.investigator);
    assert.deepEqual(namesOn(told.claim), ['appeal-lapses']);
  });

  test('that is appealed against goes back to review', () => {
    const told = story(claimsByStatus.denied).does('appeal', { why: 'A witness.' }, supervisor);
    assert.equal(told.claim.status, 'review');
    assert.deepEqual(namesOn(told.claim), ['decision-near']);
  });
});

test('a complaint is answered within eight weeks, whatever became of the claim', () => {
  const told = story(claimsByStatus.closed).does('raiseComplaint', { text: 'Too late.' }, holder);
  assert.deepEqual(dueOn(told.claim), [
    { name: 'complaint-near', at: '2026-02-19T09:00:00.000Z', command: 'noteNear', input: { target: 'complaint' } },
  ]);
  fires(told, 'complaint-near');
  assert.deepEqual(dueOn(told.claim), [
    { name: 'complaint-due', at: '2026-02-26T09:00:00.000Z', command: 'noteBreach', input: { target: 'complaint' } },
  ]);
  fires(told, 'complaint-due');
  assert.deepEqual(told.claim.breaches, { complaint: '2026-02-26T09:00:00.000Z' });
  told.does('resolveComplaint', { outcome: 'upheld', answer: 'We are sorry.' }, supervisor);
  assert.deepEqual([told.claim.due, told.claim.complaint?.status], [{}, 'resolved']);
});

describe('whoever was given a claim', () => {
  const urgent = { ...loss, isInjury: true, isDrivable: false, peril: 'theft' };
  const given = () =>
    story([])
      .does('report', { loss: urgent }, holder)
      .does('triage', {}, system)
      .does('assign', { handlerId: handler.agentId }, supervisor);

  test('says within minutes that they have it, or it goes back to the queue, and past them', () => {
    const told = given();
    assert.deepEqual(
      dueOn(told.claim).find(({ name }) => name === 'answer-due'),
      {
        name: 'answer-due',
        at: '2026-01-01T09:05:00.000Z',
        command: 'passOn',
        input: { handlerId: handler.agentId, cause: 'unanswered' },
      },
    );
    fires(told, 'answer-due');
    const { status, handlerId, passedBy } = told.claim;
    assert.deepEqual([status, handlerId, passedBy], ['triage', undefined, [handler.agentId]]);
    assert.ok(!namesOn(told.claim).includes('answer-due'));
  });

  test('has said so with whatever they do to it; what others do is not their answer', () => {
    const told = given().does('addNote', { id: idOf(0x50), text: 'A look.' }, supervisor);
    assert.ok(namesOn(told.claim).includes('answer-due'));
    told.does('addNote', { id: idOf(0x51), text: 'On it.' }, handler, '2026-01-01T09:04:00.000Z');
    assert.ok(!namesOn(told.claim).includes('answer-due'));
    assert.equal(told.claim.assignment?.answeredAt, '2026-01-01T09:04:00.000Z');
    told.refuses('acknowledge', {}, handler, 'claim/already-answered');
  });

  test('need not say so of what they took themselves, nor of what is under way', () => {
    const taken = story(claimsByStatus.triage).does('takeOver', {}, callers.desk);
    assert.deepEqual(namesOn(taken.claim), []);
    const later = story(claimsByStatus.review).does('assign', { handlerId: idOf(99) }, supervisor);
    assert.ok(!namesOn(later.claim).includes('answer-due'));
  });
});

test('a claim that waited for the holder while it was late already does not become less late by it', () => {
  const told = story(claimsByStatus.assigned).does('sendForReview', {}, handler, '2026-02-02T10:00:00.000Z');
  told.does('noteBreach', { target: 'decision' }, system, '2026-02-04T10:00:00.000Z');
  const items = [{ id: itemId, kind: 'photo', text: 'The bumper.' }];
  told.does('askForInformation', { id: requestId, dueOn: '2026-02-20', items }, handler, '2026-02-05T10:00:00.000Z');
  told.does('waiveRequest', { requestId, why: 'No need.' }, handler, '2026-02-06T10:00:00.000Z');
  assert.deepEqual(told.claim.due, { decision: '2026-02-04T10:00:00.000Z' });
  assert.ok(!namesOn(told.claim).includes('decision-due'), 'and is not missed twice');
});
