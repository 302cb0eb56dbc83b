/** An agent's session at work: who is there and how, what they have in hand, what they must see. What can happen in it: events.ts. */
import { z } from 'zod';

export const statuses = ['available', 'busy', 'away', 'ended'] as const;
export type Status = (typeof statuses)[number];
export type Seat = 'system' | 'agent' | 'supervisor' | 'auditor';

export const AlertKind = z.enum([
  'assigned',
  'taken-back',
  'near',
  'breach',
  'message',
  'answer',
  'overdue',
  'activity',
]);
export const Level = z.enum(['info', 'warning', 'urgent']);

export interface InHand {
  readonly n: number;
  readonly number: string;
  readonly priority: string;
  readonly at: string;
  /** Until then the agent is to say that they have it. */
  readonly answerBy?: string;
}
export interface Alert {
  readonly n: number;
  readonly kind: z.output<typeof AlertKind>;
  readonly level: z.output<typeof Level>;
  readonly text: string;
  readonly at: string;
  readonly status: 'new' | 'snoozed' | 'acknowledged';
  readonly claimId?: string;
  /** Snoozed until then. */
  readonly until?: string;
}

type ById<T> = Readonly<Record<string, T>>;
export interface Session {
  readonly status: Status;
  readonly agentId: string;
  readonly name: string;
  readonly department: string;
  readonly certificationLevel: number;
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly capacity: number;
  /** Others, such as assessors, are at work without being given claims. */
  readonly handlesClaims: boolean;
  /** Minor units. */
  readonly limits: { readonly reserve: number; readonly payment: number };
  readonly startedAt: string;
  /** When any of their devices was heard of last. */
  readonly seenAt: string;
  /** They did not go away, they fell silent. */
  readonly isSilent?: true;
  readonly endedAt?: string;
  readonly claims: ById<InHand>;
  readonly claimCount: number;
  readonly alerts: ById<Alert>;
  readonly alertCount: number;
}
export const initial: Session = {
  status: 'ended',
  agentId: '',
  name: '',
  department: '',
  certificationLevel: 0,
  skills: [],
  areas: [],
  capacity: 0,
  handlesClaims: false,
  limits: { reserve: 0, payment: 0 },
  startedAt: '',
  seenAt: '',
  claims: {},
  claimCount: 0,
  alerts: {},
  alertCount: 0,
};

/** Clients say that somebody is there about once a minute; what comes sooner is not written down. */
export const signsApartMs = 45_000;
/** Nothing heard for so long: they are away, and are given nothing more. */
export const awayMinutes = 5;
/** And after so long the session is over. */
export const endMinutes = 60;
/** In the session's memory. The list of claims knows all. */
export const claimsMax = 200;
/** The oldest of those that are done with go first, then the oldest. */
export const alertsMax = 60;
export const snoozeHoursMax = 24;
