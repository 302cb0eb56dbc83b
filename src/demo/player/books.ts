/** What a claim still owes, and what its reserve lines could pay of it: read from the view staff are sent. */
import { counts } from '../../../rooms/claim/money.ts';
import type { Payment } from '../../../rooms/claim/money/records.ts';
import { exposureOf, isIndemnity } from '../../../rooms/claim/money/reserves.ts';
import type { StaffView } from './act.ts';

const isPromised = (payment: Payment) => counts(payment) || payment.status === 'pending_approval';
const sumOf = (payments: readonly Payment[]) => payments.reduce((sum, { amount }) => sum + amount.amount, 0);

export const booksOf = ({ reserveLines, payments, exposures, payable }: StaffView, exceptPayment?: string) => {
  const others = Object.entries(payments).flatMap(([id, payment]) => (id === exceptPayment ? [] : [payment]));
  const indemnity = others.filter(({ line }) => isIndemnity(line));
  /** How far the coverage of a line still reaches. */
  const reachOf = (key: string) => {
    const exposureId = exposureOf(key);
    const limit = exposureId === undefined || !isIndemnity(key) ? undefined : exposures[exposureId]?.limit;
    const used = indemnity.filter((payment) => exposureOf(payment.line) === exposureId && isPromised(payment));
    return limit ? limit.amount - sumOf(used) : Number.POSITIVE_INFINITY;
  };
  /** What could be paid from a line now. */
  const roomOn = (key: string) => {
    const line = reserveLines[key];
    const exposureId = exposureOf(key);
    if (!line || (exposureId !== undefined && exposures[exposureId]?.status === 'closed')) return 0;
    const waiting = others.filter(
      (payment) => payment.line === key && payment.status === 'pending_approval' && payment.kind !== 'supplementary',
    );
    return Math.min(line.open.amount - sumOf(waiting), reachOf(key));
  };
  const openIndemnity = Object.entries(reserveLines)
    .filter(([key]) => isIndemnity(key))
    .reduce((sum, [, { open }]) => sum + open.amount, 0);
  return {
    openIndemnity,
    paid: sumOf(indemnity.filter(counts)),
    /** Accepted, and neither paid nor about to be. */
    owed: (payable?.amount ?? 0) - sumOf(indemnity.filter(isPromised)),
    reachOf,
    roomOn,
  };
};
