/** What people do about their own claim. */
import { addDays, dayOf } from '../../../rooms/calendar.ts';
import { type Act, act, type HolderView, type Place } from './act.ts';
import { lossesBy } from './losses.ts';
import { answers } from './words.ts';

const lettersEnough = 4;
const questions = ['How far are you?', 'When may the repair begin?', 'Can I ring somebody about this?'];
const thanks = ['Thank you, that is clear.', 'Good to know, thank you.', 'All right. I wait to hear from you.'];
const praise = ['Quick and friendly.', 'Everything was explained.', 'Paid within the week. Thank you!'];
const blame = ['It took too long until anybody rang.', 'I had to send the same photo twice.'];

const inProgress: ReadonlySet<string> = new Set([
  'assigned',
  'assessment',
  'awaiting_info',
  'review',
  'approved',
  'settling',
]);

export const holding = (view: HolderView, place: Place): Act[] => [
  ...filling(view, place),
  ...answering(view, place),
  ...writing(view, place),
  ...judging(view, place),
];

/** A draft without a policy is for its owner to finish. */
const filling = ({ status, loss }: HolderView, { dice, now }: Place): Act[] => {
  if (status !== 'draft' || loss.policyNumber === undefined) return [];
  const { peril, place, narrative, isInjury = false, isStranded = false } = dice.pick(lossesBy(loss.peril));
  const whole = {
    currency: 'GBP' as const,
    peril,
    occurredOn: dayOf(addDays(now, -1)),
    place,
    narrative,
    isInjury,
    isDrivable: !isStranded,
    ...loss,
  };
  return loss.narrative === undefined
    ? [act(3, 'saveDraft', { loss: { place: whole.place, narrative } }), act(1, 'report', { loss: whole })]
    : [act(6, 'report', { loss: whole })];
};

const answering = ({ requests }: HolderView, { dice }: Place): Act[] =>
  Object.entries(requests).flatMap(([requestId, { status, items }]) => {
    const unmet = Object.entries(items).filter(([, { isMet }]) => !isMet);
    if (status !== 'open' || unmet.length === 0) return [];
    const told = unmet.slice(0, 20).map(([id, { kind }]) => ({ id, text: dice.pick(answers(kind)) }));
    return [act(9, 'answerRequest', { requestId, items: told })];
  });

const writing = ({ status, messages }: HolderView, { newId, dice }: Place): Act[] => {
  const inOrder = Object.values(messages).sort((a, b) => b.n - a.n);
  if (!inProgress.has(status) || inOrder.length >= lettersEnough) return [];
  const send = (weight: number, text: string) => act(weight, 'sendMessage', { id: newId(), text });
  if (inOrder[0]?.from === 'us') return [send(1.5, dice.pick(thanks))];
  return inOrder.length === 0 ? [send(0.4, dice.pick(questions))] : [];
};

const judging = ({ status, rating, complaint }: HolderView, { dice }: Place): Act[] => {
  const stars = dice.pick([5, 5, 5, 4, 4, 3, 2]);
  const comment = dice.pick(stars > 3 ? praise : blame);
  return [
    ...(status === 'closed' && !rating ? [act(3, 'rate', { stars, ...(dice.chance(60) && { comment }) })] : []),
    ...(status === 'denied' && !complaint
      ? [act(0.3, 'raiseComplaint', { text: 'I do not see why this should not be covered. Nobody came to look.' })]
      : []),
  ];
};
