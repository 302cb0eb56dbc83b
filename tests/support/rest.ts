/** A server with the REST side of the product: real rooms, real database, a free port, no sockets. `const rest = await newRest(t)`. */
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { Deps, Readiness } from '../../handlers/http/deps.ts';
import { routes } from '../../handlers/http/index.ts';
import { rooms as register } from '../../rooms/index.ts';
import { createAdministration } from '../../src/admin/administration.ts';
import { createAuditing } from '../../src/audit/auditing.ts';
import { systemClock as clock, systemTimers as timers } from '../../src/clock.ts';
import { createAlerts } from '../../src/dashboard/alerts.ts';
import { createFacts } from '../../src/facts.ts';
import { createApp } from '../../src/http/app.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import { counted } from '../../src/read/counted.ts';
import { createCatastrophes } from '../../src/read/catastrophes.ts';
import { createClaimList } from '../../src/read/claim-list.ts';
import { projections, tables } from '../../src/read/lists.ts';
import { createNames } from '../../src/read/names.ts';
import { createHistory } from '../../src/runtime/history.ts';
import { createMemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { createNode } from '../../src/cluster/node.ts';
import type { Shedding } from '../../src/shedding.ts';
import { createActivities } from '../../src/desk/activities.ts';
import { createAgents } from '../../src/desk/agents.ts';
import { createTeams } from '../../src/desk/teams.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { newAuth, password, silent } from './auth.ts';

interface Options {
  readonly deps?: Partial<Deps>;
  readonly trustedProxies?: number;
  readonly limits?: Partial<Limits>;
  readonly shedding?: Shedding;
  readonly config?: Parameters<typeof newAuth>[1];
}
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: any;
}

export const newRest = async (
  t: TestContext,
  { deps, trustedProxies = 0, limits: changed, shedding, config = {} }: Options = {},
) => {
  const limits = { ...defaultLimits, ...changed };
  const auth = await newAuth(t, { limits, ...config });
  const { databaseUrl, orm } = auth;
  const policies = createPolicies(orm, limits);
  const store = createPostgresStore({
    databaseUrl,
    orm,
    tables,
    poolMax: 2,
    timeoutMs: 2_000,
    rememberMax: 256,
    log: silent,
  });
  const teams = createTeams({ orm, timers, log: silent, limits });
  const runtime = createNode({
    cluster: createMemoryCluster({ isSolo: true }).join('test', timers, clock),
    register,
    boards: [],
    teams,
    counted,
    projections,
    reactions: [],
    facts: createFacts(orm, policies, limits),
    store,
    tell: { toSeat() {}, toWatcher() {}, seat() {}, signal() {} },
    clock,
    timers,
    meter: { command() {}, batch() {}, activated() {}, fenced() {}, patch() {}, cluster() {} },
    log: silent,
    limits,
    random: Math.random,
  });
  const auditing = createAuditing({ databaseUrl, orm, clock, timers, log: silent, limits });
  auth.auth.events.onEvent(auditing.security);
  const administration = createAdministration({
    orm,
    auth: auth.auth,
    audit: auditing.audit,
    clock,
    timers,
    log: silent,
    limits,
  });
  const logged: { message: string; fields: object }[] = [];
  const ready = async (): Promise<Readiness> => ({ ok: true, checks: { journal: 'ok' } });
  const app = createApp<Deps>({
    ...(shedding && { shedding }),
    routes,
    deps: {
      rooms: runtime.rooms,
      history: createHistory({ register, store, log: silent, limits }),
      claimList: createClaimList(orm),
      figures: runtime.figures,
      alerts: createAlerts(orm),
      catastrophes: createCatastrophes(orm),
      clock,
      today: runtime.today,
      names: createNames(orm),
      policies,
      agents: createAgents(orm),
      teams,
      activities: createActivities(orm),
      admin: administration.admin,
      me: administration.me,
      audit: auditing.audit,
      auditReader: auditing.reader,
      limits,
      auth: auth.auth,
      metrics: { text: async () => '# HELP x\n', contentType: 'text/plain; version=0.0.4; charset=utf-8' },
      ready,
      config: {
        allowedOrigins: ['https://desk.example.test'],
        metricsToken: 'metrics-token-0123456789',
        isDemo: false,
      },
      ...deps,
    },
    identify: administration.doors.identify,
    watch: auditing.requests,
    allowedOrigins: ['https://desk.example.test'],
    trustedProxies,
    limits,
    log: { ...silent, error: (fields, message) => void logged.push({ fields, message }) },
  });
  const server = createHttpServer(app.callback(), limits);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  auth.start();
  await administration.start();
  runtime.start();
  auth.atEnd(async () => {
    server.closeAllConnections();
    server.close();
    await runtime.stop();
    await auth.stop();
    await administration.stop();
    await auditing.stop();
    await store.close();
  });

  const call = async (method: string, path: string, init: RequestInit & { json?: unknown } = {}): Promise<Reply> => {
    const { json, ...rest } = init;
    const headers = new Headers(rest.headers);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? (rest.body ?? undefined) : JSON.stringify(json);
    const response = await fetch(`${url}${path}`, { ...rest, method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      json: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };
  return {
    ...auth,
    url,
    logged,
    runtime,
    call,
    /** Somebody signed in, and how they call. */
    async signedIn(account: Parameters<typeof auth.person>[0] = {}) {
      const { id, email } = await auth.person(account);
      const { json } = await call('POST', '/api/auth/login', { json: { email, password, client: 'api' } });
      const bearer = { authorization: `Bearer ${json.accessToken}` };
      return {
        id,
        email,
        accessToken: json.accessToken as string,
        get: (path: string, headers: Record<string, string> = {}) =>
          call('GET', path, { headers: { ...bearer, ...headers } }),
        post: (path: string, json: unknown, headers: Record<string, string> = {}) =>
          call('POST', path, { json, headers: { ...bearer, ...headers } }),
        /** Any method, with a body or without. */
        send: (method: string, path: string, json?: unknown, headers: Record<string, string> = {}) =>
          call(method, path, { json, headers: { ...bearer, ...headers } }),
      };
    },
  };
};
