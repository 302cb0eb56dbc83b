/** Letters, questions, notes and complaints, from our side of the desk. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import { type Act, act, isMine, type Place, type StaffView } from './act.ts';
import { answers, questions } from './words.ts';

const notesEnough = 6;
const lettersEnough = 8;
const notes = [
  'Rang back: sounds reasonable, nothing odd in the account.',
  'Garage confirms the booking for Thursday.',
  'Two quotes in, both within the estimate.',
  'Checked the policy: cover is in order.',
  'Left a message on the mailbox, will try again tomorrow.',
  'Photos are good enough, no visit needed.',
];
const greetings = [
  'We have your report and are looking into it. You need do nothing for now.',
  'I am looking after your claim. Ring me if anything changes.',
  'Thank you for the quick report. You will hear from us within two days.',
];
const replies = [
  'Thank you, that helps. I will come back to you shortly.',
  'Noted. Nothing more is needed from you at the moment.',
  'Understood; I have passed it on to the repairer.',
];
const rangUp = [
  'Rang to ask how far we are.',
  'Rang: new telephone number, written down.',
  'Rang to say the repair is done.',
];

const worked: ReadonlySet<string> = new Set([
  'assigned',
  'assessment',
  'review',
  'approved',
  'partially_approved',
  'settling',
]);

export const corresponding = (view: StaffView, place: Place): Act[] => [
  ...noting(view, place),
  ...complaints(view, place),
  ...(place.seat === 'desk' ? ringing(view, place) : []),
  ...(isMine(view, place) ? [...writing(view, place), ...asking(view, place)] : []),
  ...(isMine(view, place) || place.seat === 'desk' ? answering(view, place) : []),
];

const noting = ({ status, noteCount }: StaffView, { newId, dice, seat }: Place): Act[] => {
  if (!worked.has(status) || noteCount >= notesEnough) return [];
  const weight = (seat === 'handler' ? 1.5 : 0.2) / (1 + noteCount);
  return [act(weight, 'addNote', { id: newId(), text: dice.pick(notes) })];
};

const writing = ({ status, messages, messageCount }: StaffView, { newId, dice }: Place): Act[] => {
  const last = Object.values(messages).find(({ n }) => n === messageCount);
  const send = (weight: number, text: string) => act(weight, 'sendMessage', { id: newId(), to: 'holder', text });
  if (messageCount >= lettersEnough || !worked.has(status)) return [];
  if (last?.from === 'holder') return [send(5, dice.pick(replies))];
  return messageCount === 0 ? [send(3, dice.pick(greetings))] : [];
};

const asking = ({ status, requestCount, loss }: StaffView, { newId, dice, now }: Place): Act[] => {
  if ((status !== 'assigned' && status !== 'assessment') || requestCount > 0) return [];
  const items = dice.chance(70) ? [dice.pick(questions(loss.peril))] : questions(loss.peril).slice(0, 2);
  return [
    act(2, 'askForInformation', {
      id: newId(),
      dueOn: dayOf(addDays(now, 7)),
      items: items.map((item) => ({ id: newId(), ...item })),
    }),
  ];
};

/** For whoever has no account and rings up, or when it is no longer needed. */
const answering = (view: StaffView, place: Place): Act[] => {
  const { requests, holderId } = view;
  return Object.entries(requests).flatMap(([requestId, { status, to, items }]) => {
    if (status !== 'open') return [];
    const mayAnswer = to === 'holder' && place.office.holders.includes(holderId);
    const unmet = Object.keys(items).filter((id) => items[id]!.metAt === undefined);
    const waive = isMine(view, place)
      ? [act(0.1, 'waiveRequest', { requestId, why: 'We have it from the repairer.' })]
      : [];
    if (mayAnswer || unmet.length === 0) return waive;
    const told = unmet.slice(0, 20).map((id) => ({ id, text: place.dice.pick(answers(items[id]!.kind)) }));
    return [...waive, act(4, 'answerRequest', { requestId, items: told })];
  });
};

const ringing = ({ status, messageCount }: StaffView, { newId, dice }: Place): Act[] =>
  worked.has(status) && messageCount < lettersEnough
    ? [act(0.3, 'sendMessage', { id: newId(), from: 'holder', channel: 'phone', text: dice.pick(rangUp) })]
    : [];

const complaints = ({ complaint }: StaffView, { seat, dice }: Place): Act[] => {
  if (complaint?.status !== 'open' || seat !== 'supervisor') return [];
  const answer = dice.chance(60)
    ? { outcome: 'upheld' as const, answer: 'You are right: we should have written sooner. We are sorry.' }
    : { outcome: 'rejected' as const, answer: 'We have looked at it again and come to the same decision.' };
  return [act(4, 'resolveComplaint', answer)];
};
