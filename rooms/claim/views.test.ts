/** What each seat sees of a claim. Key lists are exact: a new field stays hidden until it is named here. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { given } from '../given.ts';
import { type Claim, type Seat, type Status, statuses } from './claim.ts';
import {
  callers,
  claimsByStatus,
  type Event,
  exposed,
  exposureId,
  gbp,
  holderId,
  idOf,
  itemId,
  loss,
  messageId,
  partyAdded,
  partyId,
  paymentId,
  requestId,
} from './fake-claims.ts';
import { story } from './fake-story.ts';
import { claimRoom } from './room.ts';

const { handler, holder, supervisor, investigator } = callers;
const at = '2026-01-01T09:00:00.000Z';
const stateOf = (status: Status): Claim => given(claimRoom, ...claimsByStatus[status]).state;
const see = (seat: Seat, claim: Claim) => JSON.parse(JSON.stringify(claimRoom.view[seat](claim)));
const keys = (seat: Seat, claim: Claim) => Object.keys(see(seat, claim)).sort().join(' ');
const secret = 'They are lying.';

/** A claim with something of everything that is none of the holder's business. */
const suspicious = () =>
  story([...claimsByStatus.settling, partyAdded])
    .does('addNote', { id: idOf(0x40), text: secret }, handler)
    .does('sendMessage', { id: idOf(0x41), to: partyId, text: 'Dear Tess' }, handler)
    .does('sendMessage', { id: idOf(0x42), from: partyId, text: 'Henry drank', channel: 'phone' }, handler)
    .does('setReserve', { reserve: gbp(30_000) }, handler)
    .does('setReserve', { reserve: gbp(900_000), costType: 'expense', requestApproval: true }, handler)
    .does('setLiability', { shares: { holder: 40, [partyId]: 60 } }, handler)
    .does('referToInvestigation', { why: secret, indicators: ['F08'] }, handler)
    .does('holdPayments', { why: secret }, investigator);

describe('staff see', () => {
  const always =
    'breaches changedAt due exposures handlerId holderId liability loss messageCount messages noteCount notes number openedAt parties payments priority priorityScore recoveries reopenCount reportedAt requestCount requests reserveLines status vehicles';
  test('all of it, and the sums', () => {
    for (const seat of ['supervisor', 'handler', 'desk', 'system', 'investigator', 'auditor'] as const) {
      assert.equal(keys(seat, stateOf('assigned')), always);
      const decided = `${always} decidedAt figures payable reserve`.split(' ').sort().join(' ');
      assert.equal(keys(seat, stateOf('approved')), decided);
    }
    assert.deepEqual(see('desk', stateOf('settling')).figures, {
      openReserve: 0,
      paid: 120_000,
      grossIncurred: 120_000,
      recovered: 0,
      netIncurred: 120_000,
      recoveryReserve: 0,
      projectedNet: 120_000,
      subrogationPotential: 0,
    });
  });

  test('that a claim is looked into and held, but only investigators and auditors why', () => {
    const { claim } = suspicious();
    for (const seat of ['supervisor', 'handler', 'desk'] as const) {
      assert.deepEqual(see(seat, claim).investigation, { status: 'open' });
      assert.deepEqual(see(seat, claim).paymentHold, { at });
    }
    for (const seat of ['investigator', 'auditor', 'system'] as const) {
      assert.equal(see(seat, claim).investigation.reason, secret);
      assert.deepEqual(see(seat, claim).investigation.indicators, ['F08']);
      assert.equal(see(seat, claim).paymentHold.reason, secret);
    }
  });

  test('the newest of the notes, in their order', () => {
    const many = Array.from(
      { length: 200 },
      (_, n): Event => ({ type: 'noteAdded', data: { id: idOf(n), text: `note ${n}` } }),
    );
    const { notes, noteCount } = given(claimRoom, ...claimsByStatus.assigned, ...many).state as Claim;
    const texts = Object.values(notes)
      .sort((a, b) => a.n - b.n)
      .map(({ text }) => text);
    assert.equal(noteCount, 200);
    assert.ok(texts.length >= 10 && texts.length <= 50, `${texts.length} kept`);
    assert.deepEqual(
      texts,
      Array.from({ length: texts.length }, (_, i) => `note ${200 - texts.length + i}`),
    );
  });
});

describe('the holder sees', () => {
  const always = 'changedAt holderId label loss messages number openedAt payments requests status';
  const more: Partial<Record<Status, string>> = {
    approved: 'payable',
    partially_approved: 'clause payable reason rightToComplain',
    denied: 'appealUntil clause reason rightToComplain',
    settling: 'payable',
    closed: 'payable',
    withdrawn: 'reason',
    void: 'reason',
  };
  test('their loss and what came of it, and nothing else', () => {
    for (const status of statuses)
      assert.equal(
        keys('holder', stateOf(status)),
        `${always} ${more[status] ?? ''}`.trim().split(' ').sort().join(' '),
      );
  });

  test('why some or all of it was refused, and what they can do about it, for as long as that stands', () => {
    const told = story(claimsByStatus.partially_approved);
    const seen = () => ['clause', 'reason', 'rightToComplain'].filter((key) => key in see('holder', told.claim));
    told.does('pay', { id: paymentId, amount: gbp(60_000), kind: 'final' }, handler);
    assert.deepEqual(seen(), ['clause', 'reason', 'rightToComplain']);
    told.does('issuePayment', { paymentId }, handler).does('clearPayment', { paymentId }, handler);
    told.does('close', {}, handler);
    assert.deepEqual(seen(), ['clause', 'reason', 'rightToComplain']);
    told.does('reopen', { reason: 'complaint-upheld', why: 'x' }, supervisor);
    assert.deepEqual(seen(), []);
  });

  test('the same of a claim that is full of what is none of their business', () => {
    const { claim } = suspicious();
    assert.equal(keys('holder', claim), `${always} payable`.split(' ').sort().join(' '));
    const text = JSON.stringify(see('holder', claim));
    for (const hidden of [
      secret,
      'Dear Tess',
      'Henry drank',
      'Tess Third',
      '01632',
      partyId,
      '900000',
      'F08',
      'hannah',
    ])
      assert.ok(!text.includes(hidden), hidden);
  });

  test('where it stands in words, and the neutral ones while it is looked into', () => {
    const labels: [Status, string][] = [
      ['draft', 'Not sent'],
      ['submitted', 'Submitted'],
      ['triage', 'In review'],
      ['assigned', 'In review'],
      ['assessment', 'Being assessed'],
      ['awaiting_info', 'We need something from you'],
      ['review', 'Decision'],
      ['settling', 'Payment on its way'],
    ];
    for (const [status, label] of labels) assert.equal(see('holder', stateOf(status)).label, label);
    assert.equal(see('holder', suspicious().claim).label, 'Payment on its way');
  });

  test('what is asked of them, item by item, and not what is asked of others', () => {
    const claim = story([...claimsByStatus.awaiting_info, partyAdded])
      .does(
        'askForInformation',
        {
          id: idOf(0x50),
          to: partyId,
          dueOn: '2026-01-09',
          items: [{ id: idOf(0x51), kind: 'answer', text: 'Who drove?' }],
        },
        handler,
      )
      .does('answerRequest', { requestId, items: [{ id: itemId, text: 'Here.' }] }, holder).claim;
    assert.deepEqual(see('holder', claim).requests, {
      [requestId]: {
        n: 1,
        dueOn: '2026-01-08',
        until: '2026-01-09T00:00:00.000Z',
        status: 'met',
        askedAt: at,
        items: {
          [itemId]: { n: 1, kind: 'photo', text: 'A photo of the rear bumper.', isMet: true, answer: 'Here.' },
        },
      },
    });
  });

  test('payments to them step by step, once they are approved', () => {
    const step = (claim: Claim) => see('holder', claim).payments[paymentId]?.step;
    const told = story([...claimsByStatus.approved]).does('pay', { id: paymentId, amount: gbp(1_000) }, handler);
    assert.deepEqual(see('holder', told.claim).payments, {
      [paymentId]: { n: 1, amount: gbp(1_000), kind: 'partial', step: 'approved' },
    });
    assert.equal(step(told.does('issuePayment', { paymentId, reference: 'BACS 1' }, handler).claim), 'sent');
    assert.equal(step(told.does('clearPayment', { paymentId }, handler).claim), 'received');
    const undone = story([...claimsByStatus.approved])
      .does('pay', { id: paymentId, amount: gbp(1_000) }, handler)
      .does('issuePayment', { paymentId }, handler)
      .does('voidPayment', { paymentId, why: secret }, supervisor);
    assert.equal(step(undone.claim), undefined);
    // Beyond the handler's authority, or to somebody else: not theirs to see.
    const others = story([...claimsByStatus.approved, partyAdded])
      .does('pay', { id: idOf(0x60), amount: gbp(90_000), payee: partyId }, handler)
      .does('pay', { id: idOf(0x61), amount: gbp(1_000) }, { ...handler, limits: { reserve: 0, payment: 0 } });
    assert.deepEqual(see('holder', others.claim).payments, {});
  });

  test('what they wrote and what was written to them', () => {
    const { claim } = suspicious()
      .does('sendMessage', { id: messageId, text: 'When do I hear from you?' }, holder)
      .does('sendMessage', { id: idOf(0x43), text: 'Tomorrow.', channel: 'email' }, handler);
    assert.deepEqual(see('holder', claim).messages, {
      [messageId]: { n: 3, from: 'you', text: 'When do I hear from you?', channel: 'portal', at },
      [idOf(0x43)]: { n: 4, from: 'us', text: 'Tomorrow.', channel: 'email', at },
    });
  });

  test('an approved claim, field by field', () => {
    assert.deepEqual(see('holder', stateOf('approved')), {
      status: 'approved',
      label: 'Approved',
      number: 'CLM-2026-0000001',
      holderId,
      loss,
      payable: gbp(120_000),
      requests: {},
      payments: {},
      messages: {},
      openedAt: at,
      changedAt: at,
    });
  });
});

describe('a third party sees', () => {
  test('where the claim stands and when the loss was, and never what is asked of the holder', () => {
    const number = 'CLM-2026-0000001';
    assert.deepEqual(see('thirdParty', suspicious().claim), {
      status: 'settling',
      label: 'Payment on its way',
      number,
      occurredOn: '2025-12-30',
    });
    assert.deepEqual(see('thirdParty', stateOf('awaiting_info')), {
      status: 'assigned',
      label: 'In review',
      number,
      occurredOn: '2025-12-30',
    });
  });
});

describe('the assessor sees', () => {
  test('what the field needs: no reserve, payment, message, note or suspicion', () => {
    assert.equal(
      keys('assessor', suspicious().claim),
      'changedAt exposures handlerId holderId label loss number openedAt parties status vehicles',
    );
    assert.equal(
      keys('assessor', stateOf('assessment')),
      'assessorId changedAt exposures handlerId holderId label loss number openedAt parties status vehicles',
    );
  });

  test('of money only the excess, and of people whom to ring', () => {
    const view = see('assessor', given(claimRoom, ...exposed).state);
    assert.deepEqual(view.exposures, {
      [exposureId]: { n: 1, coverage: 'own-damage', claimant: 'holder', status: 'open', excess: gbp(25_000) },
    });
    assert.deepEqual(view.parties, {
      [partyId]: { n: 1, role: 'claimant', name: 'Tess Third', phone: '01632 960001' },
    });
  });
});
