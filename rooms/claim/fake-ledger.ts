/** For tests of claims: a bookkeeper beside the room, who reads the events and keeps his own accounts. */
import type { Event } from './fake-claims.ts';
import { exposureOf, lineKey } from './money/reserves.ts';

interface Paid {
  readonly line: string;
  readonly amount: number;
  readonly kind: string;
  status: 'waits' | 'counts' | 'nothing';
}
export interface Ledger {
  readonly openByLine: ReadonlyMap<string, number>;
  readonly paid: number;
  readonly received: number;
  readonly expected: number;
  enter(event: Event): void;
}

export const createLedger = (): Ledger => {
  const openByLine = new Map<string, number>();
  const payments = new Map<string, Paid>();
  const expected = new Map<string, number>();
  let received = 0;
  const counts = (payment: Paid) => {
    payment.status = 'counts';
    if (payment.kind === 'supplementary') return;
    openByLine.set(payment.line, payment.kind === 'final' ? 0 : openByLine.get(payment.line)! - payment.amount);
  };
  const comesToNothing = (payment: Paid) => {
    if (payment.status === 'counts' && payment.kind !== 'supplementary')
      openByLine.set(payment.line, openByLine.get(payment.line)! + payment.amount);
    payment.status = 'nothing';
  };
  return {
    openByLine,
    get paid() {
      return [...payments.values()].reduce((sum, { status, amount }) => sum + (status === 'counts' ? amount : 0), 0);
    },
    get received() {
      return received;
    },
    get expected() {
      return [...expected.values()].reduce((sum, amount) => sum + amount, 0);
    },
    enter(event) {
      switch (event.type) {
        case 'reserveSet':
          openByLine.set(lineKey(event.data), event.data.reserve.amount);
          break;
        case 'reserveApproved':
          openByLine.set(event.data.line, event.data.reserve.amount);
          break;
        case 'paymentMade': {
          const { id, kind, amount, status } = event.data;
          const payment: Paid = { line: lineKey(event.data), amount: amount.amount, kind, status: 'waits' };
          payments.set(id, payment);
          if (status === 'approved') counts(payment);
          break;
        }
        case 'paymentApproved':
          counts(payments.get(event.data.id)!);
          break;
        case 'paymentRefused':
        case 'paymentStopped':
        case 'paymentVoided':
        case 'paymentFailed':
          comesToNothing(payments.get(event.data.id)!);
          break;
        case 'exposureClosed':
          for (const line of openByLine.keys()) if (exposureOf(line) === event.data.id) openByLine.set(line, 0);
          break;
        case 'closed':
        case 'withdrawn':
        case 'voided':
          for (const line of openByLine.keys()) openByLine.set(line, 0);
          break;
        case 'recoveryRecorded': {
          const { id, state, amount } = event.data;
          const before = expected.get(id) ?? 0;
          if (state === 'received') received += amount.amount;
          expected.set(id, state === 'expected' ? before + amount.amount : Math.max(0, before - amount.amount));
          break;
        }
        default:
      }
    },
  };
};
