/** An activity of the diary: somebody is to do something by a time. Made by people and by rules. */
export const statuses = ['open', 'done', 'cancelled'] as const;
export type Seat = 'system' | 'supervisor' | 'assignee' | 'desk' | 'auditor';

export interface Activity {
  readonly status: (typeof statuses)[number];
  readonly subject: string;
  readonly dueAt: string;
  /** The claim it belongs to; absent: none. */
  readonly claimId?: string;
  /** Whose it is; absent: whoever gets to it. */
  readonly agentId?: string;
  /** The rule that made it; absent: a person did. */
  readonly rule?: string;
  /** Its time has passed. */
  readonly isOverdue?: true;
  /** Those who lead have been told. */
  readonly isEscalated?: true;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly doneBy?: string;
  readonly doneAt?: string;
  /** What came of it, or why it is not needed. */
  readonly outcome?: string;
  readonly changedAt: string;
}
export const initial: Activity = {
  status: 'open',
  subject: '',
  dueAt: '',
  createdBy: '',
  createdAt: '',
  changedAt: '',
};

/** Overdue for so long, in hours of work, it is told to those who lead. */
export const escalateMinutes = 4 * 60;
export const daysAheadMax = 366;
