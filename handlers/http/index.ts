/** Every HTTP route there is. */
import type { AnyRoute } from '../../src/http/route.ts';
import { auth } from './auth.ts';
import { claims } from './claims.ts';
import { claimsExport } from './claims-export.ts';
import { claimsChanges } from './claims-changes.ts';
import { claimsHistory } from './claims-history.ts';
import { claimsList } from './claims-list.ts';
import { claimsStanding } from './claims-standing.ts';
import { dashboard } from './dashboard.ts';
import type { Deps } from './deps.ts';
import { docs } from './docs.ts';
import { health } from './health.ts';
import { policies } from './policies.ts';
import { reports } from './reports.ts';
import { rooms } from './rooms.ts';

export const routes: readonly AnyRoute<Deps>[] = [
  ...health,
  ...auth,
  ...claimsList,
  ...claims,
  ...claimsChanges,
  ...claimsHistory,
  ...claimsStanding,
  ...claimsExport,
  ...dashboard,
  ...reports,
  ...policies,
  ...rooms,
  ...docs,
];
