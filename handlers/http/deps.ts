/** What HTTP handlers are given. They construct nothing themselves. */
import type { Administration } from '../../src/admin/administration.ts';
import type { Audit } from '../../src/audit/audit.ts';
import type { AuditReader } from '../../src/audit/read.ts';
import type { Limits } from '../../src/limits.ts';
import type { Auth } from '../../src/auth/auth.ts';
import type { Alerts } from '../../src/dashboard/alerts.ts';
import type { Activities } from '../../src/desk/activities.ts';
import type { Agents } from '../../src/desk/agents.ts';
import type { LiveTeams } from '../../src/desk/teams.ts';
import type { Policies } from '../../src/policies/policies.ts';
import { routesOf } from '../../src/http/route.ts';
import type { ListedCatastrophe } from '../../src/read/catastrophes.ts';
import type { ClaimList } from '../../src/read/claim-list.ts';
import type { Names } from '../../src/read/names.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Figures } from '../../src/runtime/figures.ts';
import type { Clock } from '../../src/runtime/ports.ts';
import type { History } from '../../src/runtime/history.ts';

/** May this process be sent work? Each check by name, with a word on what is wrong. */
export interface Readiness {
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export interface Deps {
  readonly rooms: RoomsApi;
  /** What rooms were, and what happened in them. */
  readonly history: History;
  readonly claimList: ClaimList;
  /** What boards and reports are counted from. */
  readonly figures: Figures;
  readonly alerts: Alerts;
  readonly catastrophes: (limit: number) => Promise<readonly ListedCatastrophe[]>;
  readonly clock: Pick<Clock, 'now'>;
  /** Where the insurer is. */
  readonly today: () => string;
  /** What people are called, by account. */
  readonly names: Names;
  readonly policies: Policies;
  readonly agents: Agents;
  readonly teams: LiveTeams;
  /** The diary. */
  readonly activities: Activities;
  readonly admin: Administration['admin'];
  readonly me: Administration['me'];
  readonly audit: Audit;
  readonly auditReader: AuditReader;
  readonly limits: Limits;
  readonly auth: Auth;
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  readonly ready: () => Promise<Readiness>;
  readonly config: {
    readonly allowedOrigins: readonly string[];
    readonly metricsToken: string | undefined;
    readonly isDemo: boolean;
  };
}

export const route = routesOf<Deps>();
