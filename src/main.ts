/** The composition root: the only file that constructs everything. Read it top to bottom to see what a node is made of. */
import type { AddressInfo } from 'node:net';
import { routes } from '../handlers/http/index.ts';
import { cancelActivities } from '../handlers/jobs/cancel-activities.ts';
import { deliverNotices } from '../handlers/jobs/notify.ts';
import { sendCommand } from '../handlers/jobs/send-command.ts';
import { sendLetter } from '../handlers/jobs/send-letter.ts';
import { reactions } from '../handlers/reactions/index.ts';
import { roomVerbs } from '../handlers/socket/rooms.ts';
import { sessionVerbs } from '../handlers/socket/session.ts';
import { signalVerbs } from '../handlers/socket/signals.ts';
import { boards, rooms as register } from '../rooms/index.ts';
import { createAdministration } from './admin/administration.ts';
import { createAuditing } from './audit/auditing.ts';
import type { Accounts } from './auth/accounts.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { counted } from './read/counted.ts';
import { systemClock as clock, systemTimers as timers } from './clock.ts';
import type { Config } from './config.ts';
import type { ClusterPorts } from './cluster/ports.ts';
import { createNode } from './cluster/node.ts';
import { createAlerts } from './dashboard/alerts.ts';
import { openDatabase } from './database.ts';
import { createReceivers } from './desk/receivers.ts';
import { demoHint } from './demo/hint.ts';
import { createFacts } from './facts.ts';
import { createApp } from './http/app.ts';
import { createPages } from './http/pages.ts';
import { createHttpServer } from './http/server.ts';
import { readTls } from './http/tls.ts';
import { startQueue } from './jobs/queue.ts';
import type { Limits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { createActivities } from './desk/activities.ts';
import { type Agents, createAgents } from './desk/agents.ts';
import { createTeams } from './desk/teams.ts';
import { createPolicies, type Policies } from './policies/policies.ts';
import { createCatastrophes } from './read/catastrophes.ts';
import { createClaimList } from './read/claim-list.ts';
import { projections, tables } from './read/lists.ts';
import { createNames } from './read/names.ts';
import { createReadiness } from './readiness.ts';
import { startShedding } from './shedding.ts';
import { joinCluster } from './redis/join.ts';
import { startRebuilding } from './rebuilding.ts';
import type { RoomsApi } from './runtime/api.ts';
import { createHistory } from './runtime/history.ts';
import type { Clock, Log, Store, Timers } from './runtime/ports.ts';
import { openGateway } from './socket/gateway.ts';
import { createSockets } from './socket/server.ts';
import { socketTell } from './socket/tell.ts';
import { assertAppRole } from './store/app-role.ts';
import { appUrl } from './store/app-url.ts';
import { createOrm } from './store/orm.ts';
import { createPostgresStore } from './store/postgres-store.ts';

/** What others put in: the fault harness its broken parts, the demo its past. A server by itself is passed none. */
export interface Parts {
  store?(real: Store): Store;
  rooms?(real: RoomsApi): RoomsApi;
  cluster?(real: ClusterPorts): ClusterPorts;
  /** Before this node has any room and anybody is let in. */
  before?(made: Foundations): Promise<void>;
}
export interface Foundations {
  readonly accounts: Accounts;
  readonly policies: Policies;
  readonly agents: Agents;
  readonly facts: ReturnType<typeof createFacts>;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  readonly log: Log;
}

/** How long open requests may still take when the server stops. */
const farewellMs = 2_000;

export interface Server {
  readonly url: string;
  readonly rooms: RoomsApi;
  /** To print, once: it makes the first administrator. Null: there is one, or the token was given. */
  readonly setupToken: string | null;
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly policies: Policies;
  /** Ends what is under way, then everything else. True if nothing was left undone. */
  stop(): Promise<boolean>;
}

export const start = async (config: Config, log: Log, parts: Parts = {}): Promise<Server> => {
  const { limits } = config;
  const metrics = createMetrics();
  const database = await openDatabase(config, log);
  const databaseUrl = appUrl(database.url);

  const orm = await createOrm(databaseUrl, { poolMax: limits.ormPoolMax, log });
  await assertAppRole(orm);
  const postgres = createPostgresStore({
    databaseUrl,
    orm,
    tables,
    poolMax: limits.storePoolMax,
    timeoutMs: limits.commitTimeoutMs,
    rememberMax: limits.dedupeCommandsMax,
    log,
  });

  // Known once the server listens, if it was not given.
  let { publicUrl } = config;
  const auth = await createAuth({
    orm,
    config,
    clock,
    timers,
    log,
    publicUrl: () => publicUrl ?? '',
    rateStore: () => cluster.rates,
  });
  const { accounts } = auth;
  const auditing = createAuditing({ databaseUrl, orm, clock, timers, log, limits });
  auth.events.onEvent(auditing.security);
  const administration = createAdministration({ orm, auth, audit: auditing.audit, clock, timers, log, limits });

  const policies = createPolicies(orm, limits);
  const agents = createAgents(orm);
  const teams = createTeams({ orm, timers, log, limits });
  const store = auditing.watchStore(parts.store?.(postgres) ?? postgres);
  const facts = createFacts(orm, policies, limits);
  try {
    await parts.before?.({ accounts, policies, agents, facts, store, clock, timers, limits, log });
  } catch (error) {
    await postgres.close();
    await orm.close();
    await database.close();
    throw error;
  }

  const io = createSockets({ limits, allowedOrigins: config.allowedOrigins, trustedProxies: config.trustedProxies });
  const cluster = await joinCluster(config, { io, clock, timers, log });
  const node = createNode({
    cluster: parts.cluster?.(cluster.ports) ?? cluster.ports,
    register,
    boards,
    teams,
    counted,
    projections,
    reactions,
    facts,
    store,
    tell: socketTell(io),
    clock,
    timers,
    meter: metrics.meter,
    log,
    limits,
    random: Math.random,
  });
  const rooms = auditing.watchRooms(parts.rooms?.(node.rooms) ?? node.rooms);
  const verbs = [...roomVerbs(rooms, limits), ...signalVerbs(rooms, limits), ...sessionVerbs];
  const gateway = openGateway({
    io,
    rooms,
    auth: administration.doors,
    verbs,
    events: auditing.sockets,
    isSolo: cluster.ports.membership.isSolo,
    trustedProxies: config.trustedProxies,
    clock,
    log,
    limits,
  });
  const shedding = startShedding({ limits, timers, log });
  metrics.watch({
    pressure: () => shedding.pressure,
    roomsInMemory: () => node.roomsInMemory,
    commandsWaiting: () => node.commandsWaiting,
    sockets: () => gateway.sockets,
    auditWaiting: () => auditing.audit.waiting,
    members: () => cluster.ports.membership.nodes.length,
    isFanoutUp: () => cluster.ports.fanout.isUp,
  });
  const queue = await startQueue({
    databaseUrl,
    concurrency: limits.workerConcurrency,
    tasks: {
      'send-command': sendCommand(rooms, log),
      'send-letter': sendLetter(auth.writeLetter),
      notify: deliverNotices(rooms, createReceivers(orm, limits)),
      'cancel-activities': cancelActivities(rooms, createActivities(orm)),
    },
    timers,
    log,
  });
  metrics.watchJobs(queue.count);

  const isReady = createReadiness({ orm, node, cluster });
  const app = createApp({
    shedding,
    routes,
    deps: {
      rooms,
      history: createHistory({ register, store, log, limits }),
      claimList: createClaimList(orm),
      figures: node.figures,
      alerts: createAlerts(orm),
      catastrophes: createCatastrophes(orm),
      clock,
      today: node.today,
      names: createNames(orm),
      policies,
      agents,
      teams,
      activities: createActivities(orm),
      admin: administration.admin,
      me: administration.me,
      audit: auditing.audit,
      auditReader: auditing.reader,
      limits,
      auth,
      metrics,
      ready: isReady.check,
      config,
    },
    identify: administration.doors.identify,
    watch: auditing.requests,
    limits,
    allowedOrigins: config.allowedOrigins,
    trustedProxies: config.trustedProxies,
    pages: createPages({ head: config.isDemo ? demoHint() : '', log }),
    log,
  });
  const http = createHttpServer(app.callback(), limits, readTls(config));
  io.attach(http);

  node.start();
  auth.start();
  await administration.start();
  auditing.start();
  teams.start();
  const stopSweep = timers.every(limits.sweepEveryMs, gateway.sweep);
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(config.port, config.host, resolve));
  const { port } = http.address() as AddressInfo;
  const here = `${config.tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`;
  publicUrl ??= here;
  const setupToken = await auth.setup.prepare();
  const rebuilding = startRebuilding({ databaseUrl, orm, log, limits });
  rebuilding.done.then(
    (written) => written !== 0 && node.figures.recount('the lists were written anew'),
    (error: unknown) =>
      log.error({ error: String(error) }, 'the lists could not be brought up to date; the next start tries again'),
  );
  // Before anybody asks for them; where that fails, whoever asks reads them.
  node.figures.ready().catch(() => {});

  return {
    url: here,
    setupToken,
    rooms,
    auth,
    accounts,
    policies,
    async stop() {
      isReady.close();
      stopSweep();
      shedding.stop();
      teams.stop();
      await rebuilding.stop();
      await queue.stop();
      // Sockets stay open while the last commands are answered; new ones are told to try again.
      const isClean = await node.stop();
      // A request that dribbles in would keep the server open for as long as it may take.
      const late = timers.after(farewellMs, () => http.closeAllConnections());
      await gateway.close();
      late();
      http.closeAllConnections();
      await cluster.stop();
      await auth.stop();
      await administration.stop();
      await auditing.stop();
      await postgres.close();
      await orm.close();
      await database.close();
      return isClean;
    },
  };
};
