/** What the holder sees: their loss, what is asked of them, what came of it, and what is on its way to them. An allow-list. */
import { endOf } from '../../calendar.ts';
import type { Claim } from '../claim.ts';
import type { PaymentStatus } from '../money/records.ts';
import type { InformationRequest } from '../records.ts';
import { appealUntil } from '../targets.ts';
import { labels, rightToComplain } from './wording.ts';

type Entries<T> = Readonly<Record<string, T>>;
/** The entries that are theirs, as they may see them. */
const theirs = <T, Seen>(entries: Entries<T>, isTheirs: (entry: T) => boolean, seen: (entry: T) => Seen) =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([, entry]) => isTheirs(entry))
      .map(([id, entry]) => [id, seen(entry)]),
  );

/** Before it is approved a payment is our own business, and so is one that came to nothing before it was sent. */
const steps: { readonly [S in PaymentStatus]?: string } = {
  approved: 'approved',
  issued: 'sent',
  cleared: 'received',
  failed: 'failed',
};

const requestSeen = ({ n, dueOn, status, askedAt, isOverdue, items }: InformationRequest) => ({
  n,
  dueOn,
  until: endOf(dueOn),
  status,
  askedAt,
  ...(isOverdue && { isOverdue }),
  items: Object.fromEntries(
    Object.entries(items).map(([id, { n: order, kind, text, answer, documentId, metAt }]) => [
      id,
      {
        n: order,
        kind,
        text,
        isMet: metAt !== undefined,
        ...(answer !== undefined && { answer }),
        ...(documentId !== undefined && { documentId }),
      },
    ]),
  ),
});

/** Why it was refused, all or some of it, and what they can do about it: for as long as that stands. */
const refusal = ({ status, clause, decidedAt }: Claim) => {
  if (status !== 'denied' && clause === undefined) return {};
  return {
    ...(clause !== undefined && { clause }),
    rightToComplain,
    ...(status === 'denied' && decidedAt !== undefined && { appealUntil: appealUntil(decidedAt) }),
  };
};

export const holder = (claim: Claim) => {
  const { status, number, holderId, loss, payable, reason, rating, complaint, openedAt, changedAt } = claim;
  return {
    status,
    label: labels[status],
    number,
    holderId,
    loss,
    ...(payable && { payable }),
    ...(reason !== undefined && { reason }),
    ...refusal(claim),
    requests: theirs(claim.requests, ({ to }) => to === 'holder', requestSeen),
    payments: theirs(
      claim.payments,
      ({ payee, status: at }) => payee === 'holder' && steps[at] !== undefined,
      ({ n, amount, kind, status: at, issuedAt, clearedAt }) => ({
        n,
        amount,
        kind,
        step: steps[at]!,
        ...(issuedAt !== undefined && { sentAt: issuedAt }),
        ...(clearedAt !== undefined && { receivedAt: clearedAt }),
      }),
    ),
    messages: theirs(
      claim.messages,
      ({ from, to }) => from === 'holder' || to === 'holder',
      ({ n, from, text, channel, at }) => ({ n, from: from === 'holder' ? 'you' : 'us', text, channel, at }),
    ),
    ...(complaint && { complaint }),
    ...(rating && { rating }),
    openedAt,
    changedAt,
  };
};
