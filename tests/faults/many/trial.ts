/** Three nodes behind the load balancer, Redis and Postgres beside them, 200 claims, 300 commands a second, 200 watchers; and the verdict on all of it. */
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { query } from '../../support/embedded.ts';
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
}
export type NodeName = 'one' | 'two' | 'three';

const names: readonly NodeName[] = ['one', 'two', 'three'];
/** In which watchers must be right again after all is well, without anybody's help. */
const convergeMs = 30_000;

export const newManyTrial = async (t: TestContext, options: ManyOptions = {}) => {
  const { claims = 200, perSecond = 300, watchers: count = 200, isNotesOnly = false, fault, cuttable } = options;
  const postgres = await newPostgres(t, { max_connections: '150' });
  await slowDown(postgres.url);
  const redis = options.redisUrl === undefined ? await newRedis(t) : null;
  const redisUrl = options.redisUrl ?? redis!.url;
  // Keys and secrets are the same for all: they share the folder.
  const dataDir = newFolder(t);
  const proxy = cuttable && (await newTcpProxy(t, portOf(cuttable === 'redis' ? redisUrl : postgres.url)));
  const through = (url: string, what: 'redis' | 'postgres', node: NodeName) =>
    node === 'two' && what === cuttable ? withPort(url, (proxy as Proxy).port) : url;
  const secret = randomBytes(24).toString('hex');
  const made = await Promise.all(
    names.map((nodeId) =>
      newServer(t, {
        dataDir,
        nodeId,
        fault,
        databaseUrl: through(postgres.url, 'postgres', nodeId),
        env: {
          REDIS_URL: through(redisUrl, 'redis', nodeId),
          MESH_SECRET: secret,
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
  const balancer = await newBalancer(
    t,
    made.map(({ url }) => url),
  );
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
      const boards = await Promise.all(made.map(({ url }) => boardsOf(url)));
      const inexact = boards.flatMap(({ differences }) => differences);
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
const boardsOf = async (url: string) => {
  const response = await fetch(`${url}/verify/boards`);
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
const withPort = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href;
