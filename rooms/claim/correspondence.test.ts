/** Talking with the holder and others: information asked for and given, messages, parties, vehicles, liability, complaints, ratings. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import {
  callers,
  claimsByStatus,
  idOf,
  isForbidden,
  isNotNow,
  itemId,
  messageId,
  otherClaimId,
  partyAdded,
  partyId,
  pathsOf,
  requestId,
  reserved,
  vehicleId,
} from './fake-claims.ts';
import { inputs } from './fake-inputs.ts';
import { story } from './fake-story.ts';
import { claimRoom } from './room.ts';
import { when } from './transitions.ts';

const { holder, handler, desk, supervisor, system, thirdParty, auditor, assessor } = callers;
const { draft, triage, assigned, assessment, awaiting_info, approved, closed, void: voided } = claimsByStatus;
const photo = { id: itemId, kind: 'photo', text: 'The bumper.' };
const ask = (n: number, more: object = {}) => ({ id: idOf(n), dueOn: '2026-01-08', items: [photo], ...more });

describe('askForInformation', () => {
  test('lets the claim wait, and remembers where it stood', () => {
    for (const [history, status] of [
      [assigned, 'assigned'],
      [assessment, 'assessment'],
      [claimsByStatus.review, 'review'],
    ] as const) {
      const told = story(history).does('askForInformation', ask(1), handler);
      assert.deepEqual([told.claim.status, told.claim.previousStatus], ['awaiting_info', status]);
      told.does('answerRequest', { requestId: idOf(1), items: [{ id: itemId, documentId: otherClaimId }] }, holder);
      assert.deepEqual([told.claim.status, told.claim.previousStatus], [status, undefined]);
    }
  });

  test('more can be asked meanwhile; the claim goes on when all is met or waived', () => {
    const told = story(assigned)
      .does('askForInformation', ask(1), handler)
      .does(
        'askForInformation',
        ask(2, { items: [photo, { id: idOf(9), kind: 'answer', text: 'Who drove?' }] }),
        system,
      );
    told.does('answerRequest', { requestId: idOf(1), items: [{ id: itemId, text: 'Here.' }] }, holder);
    assert.equal(told.claim.status, 'awaiting_info');
    told.does('answerRequest', { requestId: idOf(2), items: [{ id: itemId, text: 'Here, too.' }] }, desk);
    assert.equal(told.claim.requests[idOf(2)]!.status, 'open', 'half of it is not all of it');
    told.does('waiveRequest', { requestId: idOf(2), why: 'We know.' }, handler);
    assert.equal(told.claim.status, 'assigned');
    const { status, reason } = told.claim.requests[idOf(2)]!;
    assert.deepEqual([status, reason], ['waived', 'We know.']);
  });

  test('names somebody the claim knows, a day to come, and each item once', () => {
    const told = story(assigned);
    told.refuses('askForInformation', ask(1, { to: partyId }), handler, 'claim/no-such-party', { id: partyId });
    told.refuses('askForInformation', ask(1, { dueOn: '2025-12-31' }), handler, 'claim/due-in-past');
    told.refuses('askForInformation', ask(1, { items: [photo, photo] }), handler, 'invalid');
    told.refuses('askForInformation', ask(1, { items: [] }), handler, 'invalid');
    told.does('askForInformation', ask(1, { dueOn: '2026-01-01' }), handler);
    told.refuses('askForInformation', ask(1), handler, 'claim/request-exists', { id: idOf(1) });
  });

  test('has a measure', () => {
    const told = story(assigned);
    for (let n = 1; n <= 10; n++) told.does('askForInformation', ask(n), handler);
    told.refuses('askForInformation', ask(11), handler, 'claim/too-many', { of: 'openRequests', max: 10 });
  });

  test('keeps the newest requests, and the open ones however old', () => {
    const told = story(assigned).does('askForInformation', ask(1), handler);
    for (let n = 2; n <= 40; n++)
      told.does('askForInformation', ask(n), handler).does('waiveRequest', { requestId: idOf(n), why: 'x' }, handler);
    const ids = Object.keys(told.claim.requests);
    assert.ok(ids.includes(idOf(1)) && ids.includes(idOf(40)) && ids.length <= 22, `${ids.length} kept`);
    assert.equal(told.claim.requestCount, 40);
  });

  test('is not the desk’s or the holder’s, and not before anybody works on it or after the decision', () => {
    isForbidden(assigned, 'askForInformation', inputs.askForInformation, [desk, holder, auditor]);
    for (const claim of [triage, approved])
      isNotNow(claim, 'askForInformation', inputs.askForInformation, supervisor, when('askForInformation'));
  });
});

describe('answerRequest', () => {
  const answer = { requestId, items: [{ id: itemId, text: 'Here.' }] };

  test('holders answer what was asked of them, staff on their behalf, the system when a document came', () => {
    for (const by of [holder, desk, handler, supervisor, system])
      assert.equal(story(awaiting_info).does('answerRequest', answer, by).claim.status, 'assigned');
  });

  test('a party answers what was asked of them, and finds nothing that was asked of others', () => {
    const told = story([...awaiting_info, partyAdded]).does('askForInformation', ask(1, { to: partyId }), handler);
    told.refuses('answerRequest', answer, thirdParty, 'claim/no-such-request', { id: requestId });
    told.refuses('answerRequest', { ...answer, requestId: idOf(1) }, holder, 'claim/no-such-request');
    told.does('answerRequest', { ...answer, requestId: idOf(1) }, thirdParty);
    assert.equal(told.claim.requests[idOf(1)]!.status, 'met');
  });

  test('refuses what was not asked, what is over, and an answer without any', () => {
    const told = story(awaiting_info);
    told.refuses('answerRequest', { ...answer, requestId: idOf(99) }, holder, 'claim/no-such-request', {
      id: idOf(99),
    });
    told.refuses('answerRequest', { requestId, items: [{ id: idOf(99), text: 'x' }] }, holder, 'claim/no-such-item', {
      id: idOf(99),
    });
    told.refuses('answerRequest', { requestId, items: [{ id: itemId }] }, holder, 'invalid');
    told.does('askForInformation', ask(1), handler).does('answerRequest', answer, holder);
    told.refuses('answerRequest', answer, holder, 'claim/request-over', { id: requestId, status: 'met' });
    told.refuses('waiveRequest', { requestId, why: 'x' }, handler, 'claim/request-over');
  });
});

describe('sendMessage', () => {
  const message = { id: messageId, text: 'Hello.' };

  test('goes both ways: from staff to the holder or a party, from those to us', () => {
    const told = story([...assigned, partyAdded]);
    const ways = (input: object, by: Parameters<typeof told.dataOf>[2]) => {
      const { from, to } = told.dataOf('sendMessage', { ...message, ...input }, by) as { from: string; to: string };
      return [from, to];
    };
    assert.deepEqual(ways({}, handler), ['us', 'holder']);
    assert.deepEqual(ways({ to: partyId }, desk), ['us', partyId]);
    assert.deepEqual(ways({ from: 'holder', channel: 'phone' }, desk), ['holder', 'us']);
    assert.deepEqual(ways({ from: partyId, channel: 'post' }, system), [partyId, 'us']);
    assert.deepEqual(ways({}, holder), ['holder', 'us']);
    assert.deepEqual(ways({}, thirdParty), [partyId, 'us']);
  });

  test('nobody writes in another’s name, or past us', () => {
    const told = story([...assigned, partyAdded]);
    told.refuses('sendMessage', { ...message, from: partyId }, holder, 'forbidden', { field: 'from' });
    told.refuses('sendMessage', { ...message, to: partyId }, holder, 'forbidden', { field: 'to' });
    told.refuses('sendMessage', { ...message, from: 'holder' }, thirdParty, 'forbidden', { field: 'from' });
    told.refuses('sendMessage', { ...message, from: 'holder', to: partyId }, handler, 'invalid');
    told.refuses('sendMessage', { ...message, to: idOf(99) }, handler, 'claim/no-such-party', { id: idOf(99) });
    isForbidden(assigned, 'sendMessage', message, [auditor]);
  });

  test('is kept once, the newest of them', () => {
    const told = story(assigned);
    for (let n = 1; n <= 50; n++) told.does('sendMessage', { id: idOf(n), text: `No. ${n}` }, n % 2 ? handler : holder);
    told.refuses('sendMessage', { id: idOf(50), text: 'Again.' }, handler, 'claim/message-exists', { id: idOf(50) });
    const { messages, messageCount } = told.claim;
    assert.deepEqual([Object.keys(messages).length, messageCount, messages[idOf(50)]!.n], [20, 50, 50]);
  });

  test('is possible as long as there is a claim, and after', () => {
    for (const claim of [draft, closed, voided]) assert.ok(story(claim).does('sendMessage', message, holder));
  });
});

describe('parties and vehicles', () => {
  const party = { id: partyId, role: 'witness', name: 'Will Witness' };
  const vehicle = { id: vehicleId, registration: 'AA19 AAA', isInsured: false, keeper: partyId };

  test('are added by staff and by the holder, each with an id of its own', () => {
    const told = story(draft).does('addParty', party, holder).does('addVehicle', vehicle, desk);
    assert.deepEqual(told.claim.parties[partyId], { n: 1, role: 'witness', name: 'Will Witness' });
    assert.deepEqual(told.claim.vehicles[vehicleId], {
      n: 1,
      registration: 'AA19 AAA',
      isInsured: false,
      keeper: partyId,
    });
    told.refuses('addParty', party, desk, 'claim/party-exists', { id: partyId });
    told.refuses('addVehicle', vehicle, desk, 'claim/vehicle-exists', { id: vehicleId });
    told.refuses('addVehicle', { ...vehicle, id: idOf(9), keeper: idOf(99) }, desk, 'claim/no-such-party');
    assert.ok(story(assessment).does('addVehicle', { ...vehicle, keeper: 'holder' }, assessor));
  });

  test('a holder gives nobody a seat', () => {
    for (const field of ['customerId', 'accountId'])
      story(draft).refuses('addParty', { ...party, [field]: idOf(9) }, holder, 'forbidden', { field });
    assert.ok(story(draft).does('addParty', { ...party, accountId: idOf(9) }, desk));
  });

  test('linkParty gives them their seat', () => {
    const told = story(assigned).does('addParty', party, handler);
    assert.equal(claimRoom.seat(told.claim, thirdParty), null);
    told.does('linkParty', { partyId, accountId: thirdParty.accountId }, handler);
    assert.equal(claimRoom.seat(told.claim, thirdParty), 'thirdParty');
    told.refuses('linkParty', { partyId: idOf(99), accountId: thirdParty.accountId }, handler, 'claim/no-such-party');
    told.refuses('linkParty', { partyId }, handler, 'invalid');
    isForbidden(assigned, 'linkParty', inputs.linkParty, [desk, holder, auditor]);
  });

  test('have a measure', () => {
    const told = story(assigned);
    for (let n = 1; n <= 20; n++) told.does('addVehicle', { ...vehicle, keeper: 'holder', id: idOf(n) }, handler);
    told.refuses('addVehicle', { ...vehicle, keeper: 'holder' }, handler, 'claim/too-many', {
      of: 'vehicles',
      max: 20,
    });
    for (let n = 1; n <= 60; n++) told.does('addParty', { ...party, id: idOf(n) }, handler);
    told.refuses('addParty', { ...party, id: idOf(99) }, handler, 'claim/too-many', { of: 'parties', max: 60 });
  });

  test('come to nothing when the claim is over', () => {
    for (const claim of [closed, voided]) isNotNow(claim, 'addParty', party, supervisor, when('addParty'));
  });
});

describe('setLiability', () => {
  test('shares the loss among holder and parties; it comes to a hundred', () => {
    const told = story([...assigned, partyAdded]);
    told.does('setLiability', { shares: { holder: 25, [partyId]: 75 } }, handler);
    assert.deepEqual(told.claim.liability, { holder: 25, [partyId]: 75 });
    told.refuses('setLiability', { shares: { [partyId]: 75, holder: 25 } }, handler, 'claim/unchanged');
    told.does('setLiability', { shares: { holder: 100 } }, supervisor);
    assert.deepEqual(told.claim.liability, { holder: 100 });
  });

  test('refuses any other sum, strangers, and parts of a percent', () => {
    const told = story([...assigned, partyAdded]);
    for (const [shares, sum] of [
      [{ holder: 99 }, 99],
      [{ holder: 50, [partyId]: 51 }, 101],
      [{}, 0],
    ] as const)
      told.refuses('setLiability', { shares }, handler, 'claim/liability-sum', { sum });
    told.refuses('setLiability', { shares: { holder: 50, [idOf(99)]: 50 } }, handler, 'claim/no-such-party');
    for (const shares of [{ holder: 99.5, [partyId]: 0.5 }, { holder: 101, [partyId]: -1 }, { landlord: 100 }])
      told.refuses('setLiability', { shares }, handler, 'invalid');
    isForbidden(assigned, 'setLiability', inputs.setLiability, [desk, holder, system]);
  });
});

describe('complaints', () => {
  test('are raised by the holder or for them, one at a time, and answered by a supervisor', () => {
    for (const by of [holder, handler, desk, supervisor, system])
      assert.equal(story(assigned).does('raiseComplaint', { text: 'Slow.' }, by).claim.complaint?.status, 'open');
    const told = story(assigned).does('raiseComplaint', { text: 'Slow.' }, holder);
    told.refuses('raiseComplaint', { text: 'Still slow.' }, holder, 'claim/complaint-open');
    told.does('resolveComplaint', { outcome: 'rejected', answer: 'It was not.' }, supervisor);
    told.refuses('resolveComplaint', { outcome: 'rejected', answer: 'It was not.' }, supervisor, 'claim/no-complaint');
    told.does('raiseComplaint', { text: 'It was.' }, holder);
    assert.deepEqual(told.claim.complaint, {
      status: 'open',
      text: 'It was.',
      raisedAt: '2026-01-01T09:00:00.000Z',
      dueBy: '2026-02-26T09:00:00.000Z',
    });
    assert.equal(told.claim.status, 'assigned', 'a complaint is no status');
    isForbidden(assigned, 'raiseComplaint', { text: 'x' }, [auditor]);
    isForbidden(assigned, 'resolveComplaint', inputs.resolveComplaint, [holder, handler, desk]);
    isNotNow(draft, 'raiseComplaint', { text: 'x' }, holder, when('raiseComplaint'));
  });
});

describe('rate', () => {
  test('the holder says once how it went, when it is over, and again when it was taken up and closed again', () => {
    const told = story(closed).does('rate', { stars: 4, comment: 'Quick.' }, holder);
    assert.deepEqual(told.claim.rating, { stars: 4, comment: 'Quick.', at: '2026-01-01T09:00:00.000Z' });
    told.refuses('rate', { stars: 1 }, holder, 'claim/already-rated');
    for (const stars of [0, 6, 2.5, '5']) told.refuses('rate', { stars }, holder, 'invalid');
    told
      .does('reopen', { reason: 'mistake', why: 'x' }, supervisor, '2026-01-02T09:00:00.000Z')
      .does('decline', { reason: 'x', clause: 'y' }, supervisor)
      .does('close', {}, supervisor, '2026-02-02T09:00:00.000Z')
      .does('rate', { stars: 1 }, holder);
    assert.equal(told.claim.rating?.stars, 1);
  });

  test('is nobody else’s, and not before', () => {
    isForbidden(closed, 'rate', { stars: 5 }, [handler, supervisor, system]);
    isNotNow(reserved, 'rate', { stars: 5 }, holder, ['closed']);
    assert.deepEqual(pathsOf(given(claimRoom, ...closed).when('rate', {}, holder)), ['stars']);
  });
});
