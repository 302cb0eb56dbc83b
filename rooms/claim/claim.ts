/** What a claim is and who sits at it. What can happen to it: events.ts. Terms: docs/language.md. */
import { z } from 'zod';
import type { Money } from '../values.ts';
import { Text, Uuid7 } from '../values.ts';
import type { CatastropheAtLoss } from '../facts.ts';
import type { Assignment } from './assignment.ts';
import type { Coverage } from './coverage.ts';
import type { LossDraft } from './loss.ts';
import type { Exposure, Payment, Recovery, ReserveLine } from './money/records.ts';
import type { Complaint, InformationRequest, Investigation, Message, Party, Rating, Vehicle } from './records.ts';

export { Loss, LossDraft, Peril } from './loss.ts';

export const statuses = [
  'draft',
  'submitted',
  'triage',
  'assigned',
  'assessment',
  'awaiting_info',
  'review',
  'approved',
  'partially_approved',
  'denied',
  'settling',
  'closed',
  'withdrawn',
  'void',
] as const;
/** Where a claim stands. Investigation and complaint are flags beside it, not statuses. */
export type Status = (typeof statuses)[number];
/** First match wins, in this order. */
export type Seat =
  | 'system'
  | 'investigator'
  | 'supervisor'
  | 'handler'
  | 'assessor'
  | 'desk'
  | 'auditor'
  | 'holder'
  | 'thirdParty';

export const Priority = z.enum(['P1', 'P2', 'P3', 'P4']);
export type Priority = z.output<typeof Priority>;
export const Note = z.strictObject({ id: Uuid7, text: Text(4_000) });
/** What we promise to have done by a time. */
export const Target = z.enum(['triage', 'first-contact', 'decision', 'complaint']);
export type Target = z.output<typeof Target>;

type ById<T> = Readonly<Record<string, T>>;

/** In every map `n` is the order. What has no entry is not there: a claim holds no null and no list of objects. */
export interface Claim {
  readonly status: Status;
  /** Empty until the claim is reported. */
  readonly number: string;
  /** The customer whose claim it is. */
  readonly holderId: string;
  /** The agent who handles it; absent while nobody does. */
  readonly handlerId?: string;
  /** How it came to the handler, and until when they are to say that they have it. */
  readonly assignment?: Assignment;
  /** Agents who have let it pass, the last one last: others come first. */
  readonly passedBy?: readonly string[];
  /** The agent who looks at the damage. */
  readonly assessorId?: string;
  /** The last look at the damage: from when to when. */
  readonly assessment?: { readonly startedAt: string; readonly endedAt?: string };
  readonly loss: LossDraft;
  /** The policy as of the day of loss, and what about it is in question. */
  readonly coverage?: Coverage;
  /** Ids of claims that may be of the same loss, as found when this one was reported. */
  readonly possibleDuplicates?: readonly string[];
  /** The claim that survives, if this one is its duplicate. */
  readonly duplicateOf?: string;
  /** What hit many at the same time, if it was that. */
  readonly catastrophe?: CatastropheAtLoss;
  /** A draft its owner has thrown away: in no list. */
  readonly isDiscarded?: true;
  readonly priority?: Priority;
  readonly priorityScore?: number;
  /** Points by rule: why the priority is what it is. */
  readonly priorityReasons?: Readonly<Record<string, number>>;
  /** Somebody knew better than the rules; they do not overrule it. */
  readonly isPrioritySetByHand?: true;
  /** What is put aside for what is still to be paid, over all lines. */
  readonly reserve?: Money;
  readonly payable?: Money;
  /** Why it was declined, accepted in part, withdrawn or void, in words the holder may read. */
  readonly reason?: string;
  /** Of the policy, that a refusal rests on. */
  readonly clause?: string;
  readonly reportedAt?: string;
  readonly decidedAt?: string;
  readonly closedAt?: string;
  readonly reopenCount: number;
  /** Where it stood before it had to wait for information. */
  readonly previousStatus?: Status;
  /** Since when we wait for the holder: our own clocks stand still. */
  readonly waitingSince?: string;
  /** The newest by id (see newest.ts). Older ones are in the journal. */
  readonly notes: ById<{ readonly n: number; readonly text: string; readonly by: string; readonly at: string }>;
  readonly noteCount: number;
  readonly messages: ById<Message>;
  readonly messageCount: number;
  readonly requests: ById<InformationRequest>;
  readonly requestCount: number;
  readonly parties: ById<Party>;
  readonly vehicles: ById<Vehicle>;
  /** Percent by party; `holder` is one of them. */
  readonly liability: Readonly<Record<string, number>>;
  readonly exposures: ById<Exposure>;
  /** By key, see reserves.ts. */
  readonly reserveLines: ById<ReserveLine>;
  readonly payments: ById<Payment>;
  readonly recoveries: ById<Recovery>;
  readonly investigation?: Investigation;
  /** While it is there nothing is decided or paid. */
  readonly paymentHold?: { readonly reason: string; readonly by: string; readonly at: string };
  readonly complaint?: Complaint;
  readonly rating?: Rating;
  /** By target: until when. Gone when it is met. */
  readonly due: { readonly [T in Target]?: string };
  /** By target: the time of which it was last said that it is near. */
  readonly warned?: { readonly [T in Target]?: string };
  /** By target: the time that was missed last. */
  readonly breaches: { readonly [T in Target]?: string };
  readonly openedAt: string;
  readonly changedAt: string;
}

/** Before its first event a claim is nothing; `openedAt` is set by that event. */
export const initial: Claim = {
  status: 'draft',
  number: '',
  holderId: '',
  loss: {},
  reopenCount: 0,
  notes: {},
  noteCount: 0,
  messages: {},
  messageCount: 0,
  requests: {},
  requestCount: 0,
  parties: {},
  vehicles: {},
  liability: {},
  exposures: {},
  reserveLines: {},
  payments: {},
  recoveries: {},
  due: {},
  breaches: {},
  openedAt: '',
  changedAt: '',
};
