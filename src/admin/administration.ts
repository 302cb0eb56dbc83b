/** What administrators and people themselves look after, put together. */
import type { Audit } from '../audit/audit.ts';
import type { Auth } from '../auth/auth.ts';
import { createRoles } from '../auth/roles.ts';
import { createServiceTokens } from '../auth/service-tokens.ts';
import { withServiceTokens } from '../auth/with-service-tokens.ts';
import type { Limits } from '../limits.ts';
import { createNotificationPreferences } from '../me/notifications.ts';
import { createSavedViews } from '../me/saved-views.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import { createSettings } from '../settings/settings.ts';
import type { Orm } from '../store/orm.ts';
import { createAccountList } from './account-list.ts';
import { createCustomRoles } from './custom-roles.ts';
import { createUsers } from './users.ts';

interface Deps {
  readonly orm: Orm;
  readonly auth: Auth;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}

export const createAdministration = (deps: Deps) => {
  const { orm, auth, audit, limits } = deps;
  const list = createAccountList(orm);
  const roles = createRoles(orm);
  const settings = createSettings(deps);
  const tokens = createServiceTokens({ ...deps, tokensMax: limits.serviceTokensMax });
  return {
    admin: {
      list,
      users: createUsers({ accounts: auth.accounts, list, roles, audit }),
      roles,
      customRoles: createCustomRoles({ orm, roles, audit }),
      settings,
      tokens,
    },
    me: {
      notifications: createNotificationPreferences(orm),
      views: createSavedViews(orm, limits.savedViewsPerAccountMax),
    },
    /** Who comes in: people by their sessions, programs by their tokens. */
    doors: withServiceTokens(auth, tokens),
    async start() {
      tokens.start();
      await settings.start();
    },
    async stop() {
      await Promise.all([tokens.stop(), settings.stop()]);
    },
  };
};
export type Administration = ReturnType<typeof createAdministration>;
