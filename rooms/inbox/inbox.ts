/** A person's inbox: what concerns them, in the words their seat allows, until they have seen it. Everybody has one, customers too. */
import { z } from 'zod';
import { Text, Uuid7 } from '../values.ts';

export type Seat = 'system' | 'owner';
export const Level = z.enum(['info', 'warning', 'urgent']);
export const NewNotice = z.strictObject({
  id: Uuid7,
  level: Level,
  text: Text(600),
  /** The room it is about. */
  about: z.string().max(100).optional(),
});

export interface Notice {
  readonly n: number;
  readonly level: z.output<typeof Level>;
  readonly text: string;
  readonly at: string;
  readonly status: 'unread' | 'snoozed' | 'read';
  readonly about?: string;
  /** Snoozed until then. */
  readonly until?: string;
}
export interface Inbox {
  readonly status: 'open';
  readonly accountId: string;
  /** The newest by id. Older ones are read from the journal, page by page. */
  readonly notices: Readonly<Record<string, Notice>>;
  readonly noticeCount: number;
}
export const initial: Inbox = { status: 'open', accountId: '', notices: {}, noticeCount: 0 };

/** What is read goes first, then what is oldest. */
export const noticesMax = 50;
export const snoozeDaysMax = 30;
