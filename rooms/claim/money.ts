/** The sums over a claim's money, all in minor units of its one currency. */
import type { Money } from '../values.ts';
import type { Claim } from './claim.ts';
import type { Payment, PaymentStatus } from './money/records.ts';

/** A payment counts from the moment it is approved, and no more once it came to nothing. */
const counting: ReadonlySet<PaymentStatus> = new Set(['approved', 'issued', 'cleared']);
export const counts = ({ status }: Payment): boolean => counting.has(status);
/** Or was sent, and has come to nothing since by the word of one person: whoever let it out has still let it out. */
export const mayHaveLeft = (payment: Payment): boolean => counts(payment) || payment.issuedAt !== undefined;
/** Somebody still has to do something about it. */
const unfinished: ReadonlySet<PaymentStatus> = new Set(['pending_approval', 'approved', 'issued']);
export const isUnfinished = ({ status }: Payment): boolean => unfinished.has(status);

/** Then its currency is fixed: every amount of a claim is in it. */
export const hasAmounts = ({ reserve, payable, exposures, payments, recoveries }: Claim): boolean =>
  reserve !== undefined ||
  payable !== undefined ||
  [exposures, payments, recoveries].some((entries) => Object.keys(entries).length > 0);
/** So much in the claim's currency. */
export const inClaim = ({ loss }: Claim, amount: number): Money => ({ amount, currency: loss.currency! });

const sum = (amounts: Iterable<number>): number => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
};
/** What the payments that are meant come to. */
export const paidIn = ({ payments }: Pick<Claim, 'payments'>, isMeant: (payment: Payment) => boolean): number =>
  sum(
    Object.values(payments)
      .filter(isMeant)
      .map(({ amount }) => amount.amount),
  );

export interface Figures {
  /** Put aside and not used up. */
  readonly openReserve: number;
  readonly paid: number;
  /** paid + openReserve: what the claim has cost and will. */
  readonly grossIncurred: number;
  readonly recovered: number;
  /** grossIncurred − recovered. */
  readonly netIncurred: number;
  readonly recoveryReserve: number;
  /** netIncurred − recoveryReserve: what it will have cost when all has come in. */
  readonly projectedNet: number;
  /** What others were liable for of what was paid. */
  readonly subrogationPotential: number;
}

export const figuresOf = (claim: Claim): Figures => {
  const lines = Object.values(claim.reserveLines);
  const recoveries = Object.values(claim.recoveries);
  const openReserve = sum(lines.map(({ open }) => open.amount));
  const paid = paidIn(claim, counts);
  const grossIncurred = paid + openReserve;
  const recovered = sum(recoveries.map(({ received }) => received.amount));
  const netIncurred = grossIncurred - recovered;
  const recoveryReserve = sum(recoveries.map(({ expected }) => expected.amount));
  return {
    openReserve,
    paid,
    grossIncurred,
    recovered,
    netIncurred,
    recoveryReserve,
    projectedNet: netIncurred - recoveryReserve,
    subrogationPotential: Math.floor((paid * othersLiability(claim) + 50) / 100),
  };
};

/** Percent. Until liability is set nobody else is liable for anything. */
const othersLiability = ({ liability }: Claim): number =>
  sum(Object.entries(liability).map(([who, share]) => (who === 'holder' ? 0 : share)));
