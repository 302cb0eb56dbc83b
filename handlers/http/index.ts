/** Every HTTP route there is. */
import { activities } from './activities.ts';
import { agents } from './agents.ts';
import { inbox } from './inbox.ts';
import type { AnyRoute } from '../../src/http/route.ts';
import { adminInvitations } from './admin-invitations.ts';
import { adminRoles } from './admin-roles.ts';
import { adminSessions } from './admin-sessions.ts';
import { adminSettings } from './admin-settings.ts';
import { adminTokens } from './admin-tokens.ts';
import { adminUsers } from './admin-users.ts';
import { audit } from './audit.ts';
import { auth } from './auth.ts';
import { authAccount } from './auth-account.ts';
import { authEntry } from './auth-entry.ts';
import { authKeys } from './auth-keys.ts';
import { authOutbox } from './auth-outbox.ts';
import { authSessions } from './auth-sessions.ts';
import { claims } from './claims.ts';
import { catastrophes } from './catastrophes.ts';
import { claimsExport } from './claims-export.ts';
import { claimsChanges } from './claims-changes.ts';
import { claimsHistory } from './claims-history.ts';
import { claimsList } from './claims-list.ts';
import { claimsStanding } from './claims-standing.ts';
import { dashboard } from './dashboard.ts';
import type { Deps } from './deps.ts';
import { docs } from './docs.ts';
import { health } from './health.ts';
import { me } from './me.ts';
import { policies } from './policies.ts';
import { reports } from './reports.ts';
import { rooms } from './rooms.ts';

export const routes: readonly AnyRoute<Deps>[] = [
  ...health,
  ...auth,
  ...authEntry,
  ...authAccount,
  ...authSessions,
  ...authKeys,
  ...authOutbox,
  ...claimsList,
  ...claims,
  ...claimsChanges,
  ...claimsHistory,
  ...claimsStanding,
  ...claimsExport,
  ...dashboard,
  ...catastrophes,
  ...reports,
  ...policies,
  ...agents,
  ...activities,
  ...inbox,
  ...rooms,
  ...me,
  ...adminUsers,
  ...adminInvitations,
  ...adminRoles,
  ...adminSessions,
  ...adminSettings,
  ...adminTokens,
  ...audit,
  ...docs,
];
