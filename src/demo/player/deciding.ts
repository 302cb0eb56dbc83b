/** Yes, partly, or no; and never more than the reserve, the authority and the policy allow. */
import { type Act, act, isMine, type Place, type StaffView } from './act.ts';
import { booksOf } from './books.ts';

/** What a claim is refused for, by what is in question about its cover. */
const refusals: Readonly<Record<string, { readonly reason: string; readonly clause: string }>> = {
  'policy-unknown': {
    reason: 'We could not find a policy under the number you gave us.',
    clause: '1.1 Who is insured',
  },
  'not-in-force': { reason: 'The policy was not in force on the day of the loss.', clause: '1.3 Period of insurance' },
  'peril-not-covered': { reason: 'Your policy does not cover this kind of loss.', clause: '4.1 What is covered' },
  'other-holder': { reason: 'The policy belongs to somebody else.', clause: '1.1 Who is insured' },
};
const shares = [
  { reason: 'Part of the damage was there before this loss.', clause: '4.6 Earlier damage' },
  { reason: 'Some of it had worn out; we pay what it was worth.', clause: '5.2 Wear and tear' },
] as const;
const why = [
  'Invoice and photos agree.',
  'Estimate is in line with the damage seen.',
  'Cover is clear, cause is clear.',
];

/** Beyond this a second look is taken before anything is decided. */
export const isLarge = ({ reserve, loss }: Pick<StaffView, 'reserve' | 'loss'>): boolean =>
  (reserve?.amount ?? 0) >= 1_500_00 || loss.isInjury === true;

export const deciding = (view: StaffView, place: Place): Act[] => {
  const { status, coverage, paymentHold, reserveLines, loss } = view;
  const { me, dice, seat } = place;
  if (paymentHold || loss.currency === undefined) return [];
  // A supervisor decides, too, but leaves it to the handler where the handler may.
  const keenness = isMine(view, place) ? 1 : seat === 'supervisor' && status === 'review' ? 0.3 : 0;
  if (keenness === 0) return [];
  const { openIndemnity, paid } = booksOf(view);
  const question = coverage?.inQuestion.find((each) => refusals[each]);
  if (question !== undefined) return paid > 0 ? [] : [act(6 * keenness, 'decline', refusals[question]!)];
  const isWaiting = Object.values(reserveLines).some(({ pending }) => pending);
  if (openIndemnity === 0 || isWaiting || (status === 'assigned' && isLarge(view))) return [];
  const { currency } = loss;
  const accepting = (least: number, most: number) => {
    const amount = paid + Math.max(1, Math.floor((openIndemnity * dice.between(least, most)) / 100));
    return { amount, currency };
  };
  const whole = accepting(85, 100);
  const part = accepting(40, 70);
  return [
    ...(whole.amount <= me.limits.payment
      ? [act(5 * keenness, 'approve', { payable: whole, why: dice.pick(why) })]
      : []),
    ...(part.amount <= me.limits.payment
      ? [act(0.8 * keenness, 'approvePartially', { payable: part, ...dice.pick(shares) })]
      : []),
    ...(paid === 0
      ? [
          act(0.3 * keenness, 'decline', {
            reason: 'The damage comes from wear, not from an event.',
            clause: '5.2 Wear and tear',
          }),
        ]
      : []),
  ];
};
