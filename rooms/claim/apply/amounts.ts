/** Exposures, reserves, payments and recoveries. */
import type { Claim } from '../claim.ts';
import type { Recovery } from '../money/records.ts';
import { counted, moved, undone } from '../money/payments.ts';
import { answered, asked, isIndemnity, letGo, lineKey, reserved } from '../money/reserves.ts';
import { type Apply, changed, weighed, without } from './apply.ts';

const next = (entries: object) => Object.keys(entries).length + 1;

export const amounts = {
  exposureOpened: (claim, { id, reweighed, ...exposure }, stamp) =>
    changed(claim, stamp, {
      exposures: { ...claim.exposures, [id]: { n: next(claim.exposures), status: 'open', ...exposure } },
      ...weighed(reweighed),
    }),
  exposureClosed: (claim, { id, outcome }, stamp) =>
    changed(claim, stamp, {
      ...letGo(claim, ({ exposureId }) => exposureId === id),
      exposures: { ...claim.exposures, [id]: { ...claim.exposures[id]!, status: 'closed', outcome } },
    }),
  exposureReopened: (claim, { id }, stamp) =>
    changed(claim, stamp, {
      exposures: {
        ...claim.exposures,
        [id]: { ...without(claim.exposures[id]!, 'outcome'), status: 'reopened' },
      },
    }),
  reserveSet: (claim, { reserve, reweighed, ...line }, stamp) =>
    changed(claim, stamp, { ...reserved(claim, line, reserve), ...weighed(reweighed) }),
  reserveAsked: (claim, { reserve, ...line }, stamp) =>
    changed(claim, stamp, asked(claim, line, { reserve, by: stamp.by.accountId, at: stamp.at })),
  reserveApproved: (claim, { line, reserve, reweighed }, stamp) =>
    changed(claim, stamp, { ...answered(claim, line, reserve), ...weighed(reweighed) }),
  reserveRefused: (claim, { line }, stamp) => changed(claim, stamp, answered(claim, line, null)),
  paymentMade(claim, { id, payee, amount, kind, status, possibleDuplicateOf, ...line }, stamp) {
    const payment = {
      n: next(claim.payments),
      payee,
      line: lineKey(line),
      amount,
      kind,
      status,
      by: stamp.by.accountId,
      at: stamp.at,
      ...(possibleDuplicateOf !== undefined && { possibleDuplicateOf }),
    };
    const isDecided = claim.status === 'approved' || claim.status === 'partially_approved';
    // Our own bills settle nothing: the holder would read that money is on its way.
    const settling = isDecided && isIndemnity(payment.line) ? { status: 'settling' as const } : {};
    if (status === 'pending_approval')
      return changed(claim, stamp, { payments: { ...claim.payments, [id]: payment }, ...settling });
    return changed(claim, stamp, { ...counted(claim, id, { ...payment, approvedBy: payment.by }), ...settling });
  },
  paymentApproved: (claim, { id }, stamp) =>
    changed(
      claim,
      stamp,
      counted(claim, id, { ...claim.payments[id]!, status: 'approved', approvedBy: stamp.by.accountId }),
    ),
  paymentRefused: (claim, { id, why }, stamp) => changed(claim, stamp, undone(claim, id, 'rejected', why)),
  paymentIssued: (claim, { id, reference }, stamp) =>
    changed(
      claim,
      stamp,
      moved(claim, id, { status: 'issued', issuedAt: stamp.at, ...(reference !== undefined && { reference }) }),
    ),
  paymentCleared: (claim, { id }, stamp) =>
    changed(claim, stamp, moved(claim, id, { status: 'cleared', clearedAt: stamp.at })),
  paymentStopped: (claim, { id, why }, stamp) => changed(claim, stamp, undone(claim, id, 'stopped', why)),
  paymentVoided: (claim, { id, why }, stamp) => changed(claim, stamp, undone(claim, id, 'voided', why)),
  paymentFailed: (claim, { id, why }, stamp) => changed(claim, stamp, undone(claim, id, 'failed', why)),
  recoveryRecorded: (claim, { id, kind, state, amount, partyId }, stamp) =>
    changed(claim, stamp, {
      recoveries: {
        ...claim.recoveries,
        [id]: recorded(claim, id, { kind, ...(partyId !== undefined && { partyId }) }, state, amount),
      },
    }),
} satisfies Partial<Apply>;

/** What comes in, or is given up, is no longer expected. */
const recorded = (
  { recoveries }: Claim,
  id: string,
  about: Pick<Recovery, 'kind' | 'partyId'>,
  state: 'expected' | 'received' | 'written-off',
  { amount, currency }: Recovery['expected'],
): Recovery => {
  const nothing = { amount: 0, currency };
  const before = recoveries[id] ?? {
    n: next(recoveries),
    ...about,
    expected: nothing,
    received: nothing,
    writtenOff: nothing,
  };
  const plus = (sum: number) => ({ amount: sum, currency });
  if (state === 'expected') return { ...before, expected: plus(before.expected.amount + amount) };
  const expected = plus(Math.max(0, before.expected.amount - amount));
  return state === 'received'
    ? { ...before, expected, received: plus(before.received.amount + amount) }
    : { ...before, expected, writtenOff: plus(before.writtenOff.amount + amount) };
};
