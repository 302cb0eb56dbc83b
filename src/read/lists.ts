/** Every list kept beside the rooms, and the table each is stored in. */
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';
import { activities, activitiesTable } from './activities.ts';
import { agentSessions, agentSessionsTable } from './agent-sessions.ts';
import { catastrophes, catastrophesTable } from './catastrophes.ts';
import { claimFigures, claimFiguresTable } from './claim-figures.ts';
import { claimSearch, claimSearchTable } from './claim-search.ts';
import { claims, claimsTable } from './claims.ts';

export const projections: readonly Projection[] = [
  claims,
  claimSearch,
  claimFigures,
  catastrophes,
  agentSessions,
  activities,
];
export const tables: ReadonlyMap<string, Table> = new Map([
  [claims.name, claimsTable],
  [claimSearch.name, claimSearchTable],
  [claimFigures.name, claimFiguresTable],
  [catastrophes.name, catastrophesTable],
  [agentSessions.name, agentSessionsTable],
  [activities.name, activitiesTable],
]);
