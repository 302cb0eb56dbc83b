/** By what somebody wants to be told of what. Letters about one's account come in any case. */
import { z } from 'zod';
import type { Orm } from '../store/orm.ts';

export const channels = ['email', 'push', 'inApp'] as const;
export const topics = ['claimUpdates', 'messages', 'assignments', 'deadlines', 'payments', 'news'] as const;

const Channels = z.strictObject({ email: z.boolean(), push: z.boolean(), inApp: z.boolean() });
export const Notifications = z.strictObject({
  claimUpdates: Channels,
  messages: Channels,
  assignments: Channels,
  deadlines: Channels,
  payments: Channels,
  news: Channels,
});
export type Notifications = z.output<typeof Notifications>;

const usual = { email: true, push: false, inApp: true };
export const usualNotifications: Notifications = {
  claimUpdates: usual,
  messages: usual,
  assignments: usual,
  deadlines: usual,
  payments: usual,
  // Nobody is sent advertising who has not asked for it.
  news: { email: false, push: false, inApp: false },
};

export interface NotificationPreferences {
  of(accountId: string): Promise<Notifications>;
  set(accountId: string, preferences: Notifications): Promise<void>;
}

export const createNotificationPreferences = (orm: Orm): NotificationPreferences => ({
  async of(accountId) {
    const [row] = await orm.em
      .fork()
      .execute<{ preferences: object }[]>('select preferences from notification_preferences where account_id = ?', [
        accountId,
      ]);
    // A topic that has been added since stands as usual.
    return Notifications.safeParse({ ...usualNotifications, ...row?.preferences }).data ?? usualNotifications;
  },
  async set(accountId, preferences) {
    await orm.em.fork().execute(
      `insert into notification_preferences (account_id, preferences) values (?, ?::jsonb)
       on conflict (account_id) do update set preferences = excluded.preferences, changed_at = now()`,
      [accountId, JSON.stringify(preferences)],
    );
  },
});
