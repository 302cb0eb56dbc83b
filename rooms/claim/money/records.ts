/** What a claim keeps of money: exposures, reserve lines, payments, recoveries. The sums over them: money.ts. */
import { z } from 'zod';
import type { Money } from '../../values.ts';

/** What the damage itself costs, and what it costs to deal with it. */
export const CostType = z.enum(['indemnity', 'expense']);
export const CostCategory = z.enum([
  'general',
  'body',
  'parts',
  'paint',
  'hire',
  'storage',
  'assessor',
  'legal',
  'medical',
  'injury',
]);

/** One coverage × one claimant × one incident: what is reserved for, paid and closed by itself. */
export interface Exposure {
  readonly n: number;
  /** Code of the policy's coverage. */
  readonly coverage: string;
  /** `holder` or a party. */
  readonly claimant: string;
  readonly vehicleId?: string | undefined;
  readonly status: 'open' | 'reopened' | 'closed';
  readonly outcome?: z.output<typeof ExposureOutcome>;
  readonly limit?: Money | undefined;
  readonly excess?: Money | undefined;
}
export const ExposureOutcome = z.enum(['completed', 'denied', 'duplicate']);

export interface ReserveLine {
  readonly n: number;
  readonly exposureId?: string;
  readonly costType: z.output<typeof CostType>;
  readonly costCategory: z.output<typeof CostCategory>;
  /** Approved and not used up. */
  readonly open: Money;
  /** Used up by payments. */
  readonly eroded: Money;
  /** Beyond somebody's authority: waits for somebody else. */
  readonly pending?: { readonly reserve: Money; readonly by: string; readonly at: string };
}

export const PaymentKind = z.enum(['partial', 'final', 'supplementary']);
export type PaymentStatus =
  | 'pending_approval'
  | 'rejected'
  | 'approved'
  | 'issued'
  | 'cleared'
  | 'stopped'
  | 'voided'
  | 'failed';
export interface Payment {
  readonly n: number;
  /** `holder` or a party. */
  readonly payee: string;
  /** Key of the reserve line it uses up. */
  readonly line: string;
  readonly amount: Money;
  readonly kind: z.output<typeof PaymentKind>;
  readonly status: PaymentStatus;
  readonly by: string;
  readonly at: string;
  readonly approvedBy?: string;
  readonly possibleDuplicateOf?: string;
  readonly reference?: string;
  readonly issuedAt?: string;
  readonly clearedAt?: string;
  /** Why it was refused, stopped, void or has failed. */
  readonly reason?: string;
}

export const RecoveryKind = z.enum(['subrogation', 'salvage', 'excess', 'reinsurance', 'credit']);
export interface Recovery {
  readonly n: number;
  readonly kind: z.output<typeof RecoveryKind>;
  /** The party it comes from, if it is one of this claim's. */
  readonly partyId?: string;
  /** Still to come. */
  readonly expected: Money;
  readonly received: Money;
  readonly writtenOff: Money;
}
