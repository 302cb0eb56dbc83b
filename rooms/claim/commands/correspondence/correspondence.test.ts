/** What is said, asked, answered and complained of. */
import {
  callers,
  claimsByStatus,
  type Event,
  holderId,
  idOf,
  itemId,
  loss,
  messageId,
  noted,
  noteId,
  partyAdded,
  partyId,
  requestId,
  reserved,
} from '../../fake-claims.ts';
import { inputs } from '../../fake-inputs.ts';
import { at, reported, testCommands } from '../../fake-rows.ts';

const { holder, handler, supervisor, system, desk, thirdParty } = callers;
const { assigned, assessment, awaiting_info, closed } = claimsByStatus;
const nobody = idOf(99);
const any = `draft ${reported}`;
const photo = { kind: 'photo', text: 'A photo of the rear bumper.' } as const;
const asked = (id: string, to: string): Event => ({
  type: 'informationAsked',
  data: { id, to, dueOn: '2026-01-08', items: { [itemId]: photo } },
});
const met: Event = { type: 'requestAnswered', data: { id: requestId, answers: { [itemId]: { text: 'Here.' } } } };
/** Urgent, unspoken to, and complaining. */
const complained: Event[] = [
  ...assigned,
  {
    type: 'complaintRaised',
    data: {
      text: 'Slow.',
      dueBy: '2026-02-26T09:00:00.000Z',
      reweighed: { priority: 'P3', score: 20, reasons: { complaint: 20 } },
    },
  },
];
const newRequest = inputs.askForInformation as { readonly id: string; readonly dueOn: string };
const due: Event[] = [
  { type: 'reported', data: { holderId, number: 'x', loss } },
  { type: 'triaged', data: { priority: 'P4', score: 0, firstContactBy: '2026-01-02T13:00:00.000Z' } },
  { type: 'assigned', data: { handlerId: idOf(2) } },
];

testCommands(import.meta.dirname, {
  addNote: {
    on: assessment,
    by: callers.assessor,
    input: { text: '  Called the garage. ' },
    may: 'handler desk supervisor investigator assessor system',
    when: any,
    event: ['noteAdded', { id: idOf(0x21), text: 'Called the garage.' }],
    makes: {
      status: 'assessment',
      noteCount: 1,
      [`notes/${idOf(0x21)}`]: { n: 1, text: 'Called the garage.', by: 'asif', at },
    },
    refuses: [
      ['claim/note-exists', { on: noted, by: desk, input: { id: noteId(1) } }, { id: noteId(1) }],
      ['invalid', { input: { text: ' \t\n' } }],
    ],
  },
  sendMessage: {
    on: due,
    by: desk,
    may: 'holder thirdParty handler desk supervisor system',
    when: any,
    event: [
      'messageSent',
      { id: messageId, from: 'us', to: 'holder', text: 'We are looking into it.', channel: 'portal' },
    ],
    makes: { messageCount: 1, [`messages/${messageId}/by`]: 'dora', [`messages/${messageId}/n`]: 1, due: {} },
    refuses: [
      [
        'claim/message-exists',
        {
          on: [
            ...assigned,
            { type: 'messageSent', data: { id: messageId, from: 'us', to: 'holder', text: 'x', channel: 'sms' } },
          ],
        },
        { id: messageId },
      ],
      ['claim/no-such-party', { input: { to: nobody } }, { id: nobody }],
      ['claim/no-such-party', { input: { from: nobody } }, { id: nobody }],
      ['forbidden', { by: holder, input: { to: 'holder' } }, { field: 'to' }],
      ['forbidden', { by: holder, on: [...assigned, partyAdded], input: { from: partyId } }, { field: 'from' }],
      ['forbidden', { by: thirdParty, on: [...assigned, partyAdded], input: { from: 'holder' } }, { field: 'from' }],
      ['invalid', { on: [...assigned, partyAdded], input: { from: 'holder', to: partyId } }],
    ],
  },
  askForInformation: {
    on: due,
    by: system,
    may: 'handler supervisor system',
    when: 'assigned assessment review awaiting_info',
    event: ['informationAsked', { id: newRequest.id, to: 'holder', dueOn: '2026-01-08', items: { [itemId]: photo } }],
    makes: {
      status: 'awaiting_info',
      previousStatus: 'assigned',
      waitingSince: at,
      requestCount: 1,
      // To be asked is to hear from us.
      due: {},
      [`requests/${newRequest.id}`]: {
        n: 1,
        to: 'holder',
        dueOn: '2026-01-08',
        status: 'open',
        askedAt: at,
        items: { [itemId]: { n: 1, ...photo } },
      },
    },
    refuses: [
      ['claim/due-in-past', { input: { dueOn: '2025-12-31' } }, { dueOn: '2025-12-31' }],
      ['claim/due-too-late', { input: { dueOn: '2027-01-03' } }, { dueOn: '2027-01-03', latest: '2027-01-02' }],
      ['invalid', { input: { dueOn: '9999-12-31' } }],
      ['claim/no-such-party', { input: { to: nobody } }, { id: nobody }],
      ['claim/request-exists', { on: awaiting_info, input: { id: requestId } }, { id: requestId }],
      [
        'claim/too-many',
        { on: [...assigned, ...Array.from({ length: 10 }, (_, n) => asked(idOf(n), 'holder'))] },
        { of: 'openRequests', max: 10 },
      ],
      ['invalid', { input: { items: [] } }],
      [
        'invalid',
        {
          input: {
            items: [
              { id: itemId, ...photo },
              { id: itemId, ...photo },
            ],
          },
        },
        { issues: [{ path: 'items', message: 'each with an id of its own' }] },
      ],
    ],
  },
  answerRequest: {
    on: awaiting_info,
    by: holder,
    now: '2026-01-02T09:00:00.000Z',
    input: { items: [{ id: itemId, documentId: idOf(77) }] },
    may: 'holder thirdParty handler desk supervisor system',
    when: 'assigned assessment review awaiting_info',
    event: ['requestAnswered', { id: requestId, answers: { [itemId]: { documentId: idOf(77) } } }],
    makes: {
      status: 'assigned',
      previousStatus: undefined,
      waitingSince: undefined,
      [`requests/${requestId}/status`]: 'met',
      [`requests/${requestId}/items/${itemId}`]: {
        n: 1,
        ...photo,
        documentId: idOf(77),
        metAt: '2026-01-02T09:00:00.000Z',
      },
    },
    refuses: [
      ['claim/no-such-request', { input: { requestId: nobody } }, { id: nobody }],
      ['claim/no-such-request', { on: assigned }, { id: requestId }],
      // What others were asked is not there for them, whatever became of it.
      ['claim/no-such-request', { on: [...awaiting_info, partyAdded], by: thirdParty }, { id: requestId }],
      ['claim/no-such-request', { on: [...awaiting_info, partyAdded, met], by: thirdParty }, { id: requestId }],
      ['claim/no-such-request', { on: [...assigned, partyAdded, asked(requestId, partyId)] }, { id: requestId }],
      ['claim/request-over', { on: [...awaiting_info, met] }, { id: requestId, status: 'met' }],
      ['claim/no-such-item', { input: { items: [{ id: nobody, text: 'x' }] } }, { id: nobody }],
      ['invalid', { input: { items: [{ id: itemId }] } }],
    ],
  },
  waiveRequest: {
    on: awaiting_info,
    by: handler,
    may: 'handler supervisor system',
    when: 'awaiting_info',
    event: ['requestWaived', { id: requestId, why: 'Because.' }],
    makes: {
      status: 'assigned',
      [`requests/${requestId}/status`]: 'waived',
      [`requests/${requestId}/reason`]: 'Because.',
    },
    refuses: [
      ['claim/no-such-request', { input: { requestId: nobody } }, { id: nobody }],
      [
        'claim/request-over',
        { on: [...awaiting_info, asked(idOf(1), 'holder'), met] },
        { id: requestId, status: 'met' },
      ],
    ],
  },
  noteOverdue: {
    on: awaiting_info,
    by: system,
    now: '2026-01-09T00:00:00.000Z',
    may: 'system',
    when: 'awaiting_info',
    event: ['requestOverdue', { id: requestId }],
    makes: { status: 'awaiting_info', [`requests/${requestId}/isOverdue`]: true },
    refuses: [
      ['claim/not-due', { now: '2026-01-08T23:59:59.999Z' }, { id: requestId }],
      [
        'claim/not-due',
        {
          on: [...awaiting_info, { type: 'requestOverdue', data: { id: requestId } }],
          now: '2026-01-10T00:00:00.000Z',
        },
      ],
      ['claim/no-such-request', { input: { requestId: nobody } }, { id: nobody }],
      ['claim/request-over', { on: [...awaiting_info, asked(idOf(1), 'holder'), met] }],
    ],
  },
  rate: {
    on: closed,
    by: holder,
    input: { stars: 4, comment: 'Quick.' },
    may: 'holder',
    when: 'closed',
    event: ['rated'],
    makes: { status: 'closed', rating: { stars: 4, comment: 'Quick.', at } },
    refuses: [
      ['claim/already-rated', { on: [...closed, { type: 'rated', data: { stars: 1 } }] }, {}],
      ['invalid', { input: { stars: 0 } }],
      ['invalid', { input: { stars: 6 } }],
      ['invalid', { input: { stars: 2.5 } }],
    ],
  },
  raiseComplaint: {
    on: assigned,
    by: desk,
    may: 'holder handler desk supervisor system',
    when: reported,
    event: [
      'complaintRaised',
      {
        text: 'Nobody rings me back.',
        dueBy: '2026-02-26T09:00:00.000Z',
        reweighed: { priority: 'P3', score: 20, reasons: { complaint: 20 } },
      },
    ],
    makes: {
      status: 'assigned',
      complaint: { status: 'open', text: 'Nobody rings me back.', raisedAt: at, dueBy: '2026-02-26T09:00:00.000Z' },
      due: { complaint: '2026-02-26T09:00:00.000Z' },
      priority: 'P3',
    },
    refuses: [['claim/complaint-open', { on: complained }, {}]],
  },
  resolveComplaint: {
    on: complained,
    by: supervisor,
    may: 'supervisor',
    when: reported,
    event: [
      'complaintResolved',
      { outcome: 'upheld', answer: 'We are sorry.', reweighed: { priority: 'P4', score: 0, reasons: {} } },
    ],
    makes: {
      'complaint/status': 'resolved',
      'complaint/outcome': 'upheld',
      'complaint/answer': 'We are sorry.',
      due: {},
      priority: 'P4',
      priorityReasons: {},
    },
    refuses: [
      ['claim/no-complaint', { on: reserved }, {}],
      [
        'claim/no-complaint',
        { on: [...complained, { type: 'complaintResolved', data: { outcome: 'upheld', answer: 'x' } }] },
      ],
    ],
  },
});
