/** From an accepted amount to money that has arrived, and to a claim that is closed. */
import { isUnfinished } from '../../../rooms/claim/money.ts';
import { isWithinAuthority } from '../../../rooms/claim/money/authority.ts';
import { exposureOf, isIndemnity } from '../../../rooms/claim/money/reserves.ts';
import { type Act, act, isMine, type Place, type StaffView } from './act.ts';
import { booksOf } from './books.ts';

const accepted: ReadonlySet<string> = new Set(['approved', 'partially_approved', 'settling']);

export const paying = (view: StaffView, place: Place): Act[] => [
  ...approvals(view, place),
  ...(isMine(view, place) ? [...payment(view, place), ...onTheirWay(view), ...ending(view)] : []),
];

const payment = (view: StaffView, { newId, dice }: Place): Act[] => {
  const { status, paymentHold, reserveLines, exposures, payments, loss } = view;
  const { owed, roomOn } = booksOf(view);
  if (!accepted.has(status) || paymentHold || owed <= 0 || loss.currency === undefined) return [];
  const key = Object.keys(reserveLines).find((each) => isIndemnity(each) && roomOn(each) > 0);
  if (key === undefined) return [];
  const { exposureId, costCategory } = reserveLines[key]!;
  const payee = exposureId === undefined ? 'holder' : exposures[exposureId]!.claimant;
  const most = Math.min(owed, roomOn(key));
  // Now and then something is paid in advance.
  const sum = status !== 'settling' && dice.chance(20) ? Math.ceil(most * 0.4) : most;
  const isLike = Object.values(payments).some(
    (each) => each.payee === payee && each.amount.amount === sum && exposureOf(each.line) === exposureId,
  );
  return [
    act(8, 'pay', {
      id: newId(),
      payee,
      amount: { amount: sum, currency: loss.currency },
      kind: sum === owed ? 'final' : 'partial',
      costCategory,
      ...(exposureId !== undefined && { exposureId }),
      ...(isLike && { isNoDuplicate: true }),
    }),
  ];
};

/** Somebody else’s, within one’s authority, and still covered by its line, the decision and the policy. */
const approvals = (view: StaffView, { me }: Place): Act[] =>
  Object.entries(view.payments).flatMap(
    ([
      paymentId,
      {
        status,
        by,
        amount: { amount },
        kind,
        line,
      },
    ]) => {
      if (status !== 'pending_approval' || by === me.accountId || view.paymentHold) return [];
      const { owed, roomOn, reachOf } = booksOf(view, paymentId);
      const isCovered =
        kind === 'supplementary'
          ? amount <= reachOf(line)
          : amount <= roomOn(line) && (!isIndemnity(line) || amount <= owed);
      return isCovered && isWithinAuthority(view, amount, me) ? [act(8, 'approvePayment', { paymentId })] : [];
    },
  );

const onTheirWay = ({ payments, paymentHold }: StaffView): Act[] =>
  Object.entries(payments).flatMap(([paymentId, { status }]) => {
    if (status === 'issued') return [act(6, 'clearPayment', { paymentId })];
    return status === 'approved' && !paymentHold ? [act(8, 'issuePayment', { paymentId })] : [];
  });

const ending = (view: StaffView): Act[] => {
  const { status, payments, exposures, reserveLines, investigation, paymentHold } = view;
  if (status !== 'settling' || booksOf(view).owed > 0) return [];
  if (Object.values(payments).some(isUnfinished)) return [];
  const open = Object.keys(exposures).filter((id) => exposures[id]!.status !== 'closed');
  if (open.length > 0) return open.map((exposureId) => act(6, 'closeExposure', { exposureId, outcome: 'completed' }));
  const isHeldUp =
    investigation?.status === 'open' || paymentHold || Object.values(reserveLines).some(({ pending }) => pending);
  return isHeldUp ? [] : [act(9, 'close', { why: 'Everything is paid.' })];
};
