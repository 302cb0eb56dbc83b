/** What a claim is, who sits at it, and what can happen to it. Terms: docs/language.md. */
import { z } from 'zod';
import { Currency, Day, Money, Text, Uuid7 } from '../values.ts';

export type Status = 'draft' | 'submitted' | 'triage' | 'assigned' | 'approved' | 'denied' | 'withdrawn';
/** First match wins, in this order. */
export type Seat = 'system' | 'supervisor' | 'handler' | 'desk' | 'holder';

export const Peril = z.enum(['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other']);
/** What the notice of loss must hold. Money is not part of it: a loss has a description, a claim has amounts. */
export const Loss = z.strictObject({
  policyNumber: Text(40).meta({ title: 'Policy number' }),
  currency: Currency.meta({ title: 'Currency of the policy' }),
  peril: Peril.meta({ title: 'What happened' }),
  occurredOn: Day.meta({ title: 'Day of the loss' }),
  place: Text(200).meta({ title: 'Where' }),
  narrative: Text(4_000).meta({ title: 'In your words' }),
  isInjury: z.boolean().meta({ title: 'Was anyone hurt?' }),
  isDrivable: z.boolean().meta({ title: 'Can the vehicle be driven?' }),
});
/** The same while it is being filled in. */
export const LossDraft = Loss.partial();
export type LossDraft = z.output<typeof LossDraft>;

export const Priority = z.enum(['P1', 'P2', 'P3', 'P4']);
export const Note = z.strictObject({ id: Uuid7, text: Text(4_000) });

export interface Claim {
  readonly status: Status;
  /** Empty until the claim is reported. */
  readonly number: string;
  /** The customer whose claim it is. */
  readonly holderId: string;
  /** The agent who handles it; absent while nobody does. */
  readonly handlerId?: string;
  readonly loss: LossDraft;
  readonly priority?: z.output<typeof Priority>;
  readonly priorityScore?: number;
  readonly reserve?: Money;
  readonly payable?: Money;
  /** Why it was declined or withdrawn, in words the holder may read. */
  readonly reason?: string;
  /** The newest by id (see notes.ts); `n` is their order. Older ones are in the journal. */
  readonly notes: Readonly<
    Record<string, { readonly n: number; readonly text: string; readonly by: string; readonly at: string }>
  >;
  readonly noteCount: number;
  readonly openedAt: string;
  readonly changedAt: string;
}

export const events = {
  draftStarted: z.strictObject({ holderId: z.string(), loss: LossDraft }),
  reported: z.strictObject({ holderId: z.string(), number: z.string(), loss: Loss }),
  triaged: z.strictObject({ priority: Priority, score: z.int().min(0).max(100) }),
  assigned: z.strictObject({ handlerId: z.string() }),
  noteAdded: Note,
  reserveSet: z.strictObject({ reserve: Money, was: Money.optional() }),
  approved: z.strictObject({ payable: Money }),
  declined: z.strictObject({ reason: z.string(), clause: z.string() }),
  withdrawn: z.strictObject({ reason: z.string() }),
};

/** Before its first event a claim is nothing; `openedAt` is set by that event. */
export const initial: Claim = {
  status: 'draft',
  number: '',
  holderId: '',
  loss: {},
  notes: {},
  noteCount: 0,
  openedAt: '',
  changedAt: '',
};
