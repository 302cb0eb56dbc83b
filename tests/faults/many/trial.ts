/** Three nodes behind the load balancer, Redis and Postgres beside them, 200 claims, 300 commands a second, 200 watchers; and the verdict on all of it. */
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { query } from '../../support/embedded.ts';
import { newNamespace } from '../../support/namespace.ts';
import { newRedis } from '../../support/redis.ts';
import { check, type Verdict } from '../checker.ts';
import { newFolder } from '../folder.ts';
import { readJournal } from '../journal.ts';
import { createLedger, type Line } from '../ledger.ts';
import { newPeople } from '../people.ts';
import { newPostgres } from '../postgres-process.ts';
import { newServer, type ServerProcess } from '../server-process.ts';
import type { Fault } from '../server.ts';
import { slowDown } from '../slow-commits.ts';
import { comesTrue, until } from '../until.ts';
import { newWatchers } from '../watchers.ts';
import { newWorkload } from '../workload.ts';
import { newBalancer } from './balancer.ts';
import { newTcpProxy, type Proxy } from '../../support/tcp-proxy.ts';
import { record } from './table.ts';

export interface ManyOptions {
  readonly claims?: number;
  readonly perSecond?: number;
  readonly watchers?: number;
  readonly isNotesOnly?: boolean;
  /** Of every node. */
  readonly fault?: Fault | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** Redis, if not one server of the trial's own. */
  readonly redisUrl?: string;
  /** The way of node two to these leads through a proxy that can be cut. */
  readonly cuttable?: 'redis' | 'postgres';
  /** Node two runs on a machine of its own, as far as its network goes. */
  readonly isTwoApart?: boolean;
}
export type NodeName = 'one' | 'two' | 'three';

const names: readonly NodeName[] = ['one', 'two', 'three'];
/** In which watchers must be right again after all is well, without anybody's help. */
const convergeMs = 30_000;
/** What a killed node had committed and not told is counted when the link to it breaks, and once more four seconds later. */
const exactMs = 15_000;

export const newManyTrial = async (t: TestContext, options: ManyOptions = {}) => {
  const { claims = 200, perSecond = 300, watchers: count = 200, isNotesOnly = false, fault, cuttable } = options;
  const postgres = await newPostgres(t, { max_connections: '150' });
  await slowDown(postgres.url);
  const redis = options.redisUrl === undefined ? await newRedis(t) : null;
  const redisUrl = options.redisUrl ?? redis!.url;
  // Keys and secrets are the same for all: they share the folder.
  const dataDir = newFolder(t);
  const apart = options.isTwoApart ? newNamespace(t) : null;
  const proxy = cuttable && (await newTcpProxy(t, portOf(cuttable === 'redis' ? redisUrl : postgres.url)));
  /** From a machine of its own what listens on this one's loopback is reached by its end of the wire. */
  const door = async (url: string) =>
    apart && at(url, apart.outside, (await newTcpProxy(t, portOf(url), { host: apart.outside })).port);
  const doors = { redis: await door(redisUrl), postgres: await door(postgres.url) };
  const through = (url: string, what: 'redis' | 'postgres', node: NodeName) => {
    if (node !== 'two') return url;
    return what === cuttable ? at(url, '127.0.0.1', (proxy as Proxy).port) : (doors[what] ?? url);
  };
  const hostOf = (node: NodeName) => (node === 'two' ? apart?.inside : apart?.outside);
  const secret = randomBytes(24).toString('hex');
  const made = await Promise.all(
    names.map((nodeId) =>
      newServer(t, {
        dataDir,
        nodeId,
        fault,
        ...(nodeId === 'two' && { host: apart?.inside, entering: apart?.entering }),
        databaseUrl: through(postgres.url, 'postgres', nodeId),
        env: {
          REDIS_URL: through(redisUrl, 'redis', nodeId),
          MESH_SECRET: secret,
          ...(apart && { MESH_HOST: hostOf(nodeId)! }),
          TRUSTED_PROXY_HOPS: '1',
          LIMIT_COMMANDS_PER_SECOND_MAX: '2000',
          LIMIT_SOCKETS_PER_ACCOUNT_MAX: '10000',
          ...options.env,
        },
      }),
    ),
  );
  const nodes = Object.fromEntries(names.map((name, i) => [name, made[i]!])) as Record<NodeName, ServerProcess>;
  // The first migrates, and makes the secrets.
  await nodes.one.start();
  await Promise.all([nodes.two.start(), nodes.three.start()]);
  const urls = made.map(({ url }) => url);
  if (apart) {
    const lead = await newTcpProxy(t, portOf(nodes.two.url), { toHost: apart.inside });
    urls[names.indexOf('two')] = at(nodes.two.url, '127.0.0.1', lead.port);
  }
  const balancer = await newBalancer(t, urls);
  const people = await newPeople(postgres.url, balancer.url);
  const ledger = createLedger();
  const load = newWorkload({ url: balancer.url, people, ledger, claims, perSecond, isNotesOnly });
  t.after(load.close);
  await load.open();
  const watchers = await newWatchers(balancer.url, people, load.rooms, count);
  t.after(watchers.close);
  // What was sent before the load is not part of what is measured.
  const opened = ledger.sent;

  const owners = async (): Promise<ReadonlyMap<string, NodeName>> => {
    const rows = await query<{ room: string; owner: string }>(
      postgres.url,
      `select room, owner from room_head where room like 'claim/%'`,
    );
    return new Map(rows.map(({ room, owner }) => [room, owner.split('.')[0] as NodeName]));
  };
  const more = (what: 'sent' | 'acked', many: number) => {
    const enough = ledger[what] + many;
    return until(`${many} more commands ${what}`, () => ledger[what] >= enough, 60_000);
  };
  const underLoad = () => [...ledger.lines.values()].slice(opened);

  return {
    postgres,
    redis,
    proxy,
    apart,
    nodes,
    balancer,
    people,
    ledger,
    load,
    watchers,
    acked: (many: number) => more('acked', many),
    /** In an open loop this is time: 300 are a second. */
    sent: (many: number) => more('sent', many),
    async roomsOf(node: NodeName): Promise<ReadonlySet<string>> {
      return new Set([...(await owners())].filter(([, owner]) => owner === node).map(([room]) => room));
    },
    /** For each of these rooms, how long after `at` the first command sent since was acked. */
    firstAcksMs: (rooms: ReadonlySet<string>, at: number): number[] => firstAcks(underLoad(), rooms, at),
    async verdict(
      title: string,
      remark: (verdict: Verdict) => string = () => '',
    ): Promise<Verdict & { readonly red: BoardsRed; readonly outageMs: number }> {
      load.stop();
      await comesTrue(() => ledger.waiting === 0, 60_000);
      const convergedMs = await watchers.converge(convergeMs);
      // As it stands now: what is acked while the journal is read need not be in it.
      const lines = [...ledger.lines.values()].map((line) => ({ ...line }));
      const journal = await readJournal(postgres.url);
      const checked = check({ lines, journal, watchings: watchers.watchings, convergedMs });
      // Each node has counted along from its start, through all that happened.
      let inexact: readonly string[] = [];
      const areExact = async () => {
        inexact = (await Promise.all(made.map(boardsOf))).flatMap(({ differences }) => differences);
        return inexact.length === 0;
      };
      await comesTrue(areExact, fault ? 0 : exactMs);
      const verdict = { ...checked, red: { ...checked.red, ...(inexact.length > 0 && { boardsAreExact: inexact }) } };
      const outageMs = Math.max(0, ...underLoad().map(({ sentAt, answeredAt = Infinity }) => answeredAt - sentAt));
      const { figures } = verdict;
      if (!fault) record({ fault: title, ...figures, outageMs, remark: remark(verdict) });
      t.diagnostic(
        `${fault ?? 'whole'}: ${JSON.stringify({ ...figures, outageMs: Math.round(outageMs) })} ${remark(verdict)}`,
      );
      const red = Object.keys(verdict.red);
      const said = made.map(({ said: words }, i) => `${names[i]} said:\n${words.slice(-3_000)}`).join('\n');
      if (red.length > 0)
        t.diagnostic(fault ? `red: ${red.join(', ')}` : `${said}\nthe balancer said:\n${balancer.said}`);
      return { ...verdict, outageMs };
    },
  };
};
export type ManyTrial = Awaited<ReturnType<typeof newManyTrial>>;

interface BoardsRed {
  readonly boardsAreExact?: readonly string[];
}
/** What a node's boards show, held against the list in the database. */
const boardsOf = async ({ inspect }: ServerProcess) => {
  const response = await inspect('/verify/boards');
  if (!response.ok) return { differences: [`${response.status} ${await response.text()}`] };
  return (await response.json()) as { readonly differences: readonly string[] };
};

const firstAcks = (lines: readonly Line[], rooms: ReadonlySet<string>, at: number): number[] => {
  const byRoom = Map.groupBy(
    lines.filter(({ room, sentAt, answer }) => rooms.has(room) && sentAt >= at && answer?.ok),
    ({ room }) => room,
  );
  return [...byRoom.values()]
    .map((sent) => sent.reduce((first, line) => (line.answeredAt! < first.answeredAt! ? line : first)))
    .map(({ sentAt, answeredAt }) => answeredAt! - sentAt)
    .sort((a, b) => a - b);
};

export const percentile = (sorted: readonly number[], part: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN);

const portOf = (url: string) => Number(new URL(url).port);
const at = (url: string, hostname: string, port: number) =>
  Object.assign(new URL(url), { hostname, port: String(port) }).href;
