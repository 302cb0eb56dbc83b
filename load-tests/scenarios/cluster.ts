/** What more nodes cost: a command that has to go to another node, what Redis carries, and a change told to watchers on all nodes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { commandId } from '../../client/index.ts';
import { medianOf, mediansOf, rangeOf, sumOf } from '../figures.ts';
import { signInAll } from '../logins.ts';
import { openLoop } from '../open-loop.ts';
import { ownersOf } from '../owners.ts';
import { type Percentiles, percentilesOf, round as rounded } from '../percentiles.ts';
import { createRandom, noteText } from '../random.ts';
import { commandRaw, joinRaw } from '../raw/ask.ts';
import { createClaimWatch } from '../raw/claim-watch.ts';
import { patchHead } from '../raw/patch-head.ts';
import { openRaw, type RawSocket } from '../raw/socket.ts';
import type { Scenario } from '../scenario.ts';
import type { Nodes, Prepared } from '../systems/system.ts';

interface Cluster {
  readonly nodes: number;
  /** One command at a time, asked of the room's own node, and of another. */
  readonly local_ms: Percentiles;
  readonly forwarded_ms: Percentiles | null;
  /** At the rate, from when each was due: until its answer, and until the last watcher on any node was told. */
  readonly ack_ms: Percentiles;
  readonly seen_ms: Percentiles;
  readonly errors: number;
  readonly redis_messages_per_command: number;
  readonly redis_commands_per_command: number;
  readonly redis_cpu_us_per_command: number;
  readonly server_cpu_ms_per_command: number;
  readonly server_memory_mb: number;
}

const watchersPerNode = 10;
const oneByOne = 300;
const warmups = 60;

export const cluster: Scenario<Cluster> = {
  name: 'cluster',
  summary: ({ claims, rate, seconds }) =>
    `${claims} claims, each watched by ${watchersPerNode} sockets at every node; ${oneByOne} notes one by one at the claim's node and at another, then ${rate} notes/s for ${seconds} s, written at all nodes`,
  systems: ['one-node', 'two-nodes', 'three-nodes'],
  defaults: { claims: 24, rate: 200, seconds: 10, rounds: 3, seed: 1 },
  needs: ({ claims }) => ({
    agents: 2,
    claims,
    limits: { LIMIT_SOCKETS_PER_ACCOUNT_MAX: '10000', LIMIT_COMMANDS_PER_SECOND_MAX: '10000' },
  }),
  async round(prepared, { claims, rate, seconds, seed }) {
    const random = createRandom(seed);
    const running = await prepared.startNodes!();
    const sockets: RawSocket[] = [];
    try {
      const crowd = await gather(prepared, running, sockets);
      const note = async (node: number, claim: number) => {
        const input = { id: commandId(), text: noteText(120, random) };
        const room = prepared.claims[claim]!;
        return commandRaw(crowd.writers[node]!, { room, id: commandId(), name: 'addNote', input });
      };
      for (let n = 0; n < warmups; n++) await note(n % running.nodes.length, n % claims);
      const owners = await ownersOf(prepared);
      const timed = async (nodeOf: (owner: number) => number) => {
        const took: number[] = [];
        for (let n = 0; n < oneByOne; n++) {
          const claim = n % claims;
          const since = performance.now();
          const ack = await note(nodeOf(owners[claim] ?? 0), claim);
          if (ack.ok) took.push(performance.now() - since);
        }
        return percentilesOf(took);
      };
      const local = await timed((owner) => owner);
      const forwarded = running.nodes.length > 1 ? await timed((owner) => (owner + 1) % running.nodes.length) : null;

      const before = await looks(running);
      const seen: number[] = [];
      const startedAt = performance.now();
      const took = await openLoop({ count: rate * seconds, rate, seed }, async (n) => {
        const dueAt = performance.now();
        const claim = n % claims;
        const ack = await note(n % running.nodes.length, claim);
        if (ack.ok) crowd.watches[claim]!.acked(ack.seq, (at) => void seen.push(at - dueAt));
        return ack.ok;
      });
      for (const late = startedAt + seconds * 1_000 + 5_000; performance.now() < late; await sleep(20))
        if (crowd.watches.every(({ isEverythingSeen }) => isEverythingSeen)) break;
      const after = await looks(running);
      const acked = took.filter((ms) => ms !== null);
      const per = (of: (look: typeof after) => number) => rounded((of(after) - of(before)) / took.length);
      return {
        nodes: running.nodes.length,
        local_ms: local,
        forwarded_ms: forwarded,
        ack_ms: percentilesOf(acked),
        seen_ms: percentilesOf(seen),
        errors: took.length - acked.length + (acked.length - seen.length),
        redis_messages_per_command: per(({ redis }) => redis.publications),
        redis_commands_per_command: per(({ redis }) => redis.commands),
        redis_cpu_us_per_command: per(({ redis }) => redis.cpuSeconds * 1e6),
        server_cpu_ms_per_command: per(({ cpuSeconds }) => cpuSeconds * 1e3),
        server_memory_mb: after.memoryMb,
      };
    } finally {
      for (const socket of sockets) socket.close();
      await running.stop();
    }
  },
  told: ({ local_ms: local, forwarded_ms: forwarded, seen_ms: seen, errors }) =>
    `local ${local.p50} ms, forwarded ${forwarded?.p50 ?? '-'} ms, seen everywhere after ${seen.p50} ms (p99 ${seen.p99}), ${errors} errors`,
  figures: (rounds) => ({
    nodes: rounds[0]?.nodes,
    errors: sumOf(rounds, ({ errors }) => errors),
    local_ms: mediansOf(rounds, (round) => round.local_ms),
    forwarded_ms: mediansOf(rounds, (round) => round.forwarded_ms ?? round.local_ms),
    ack_ms: mediansOf(rounds, (round) => round.ack_ms),
    seen_ms: mediansOf(rounds, (round) => round.seen_ms),
    redis_messages_per_command: medianOf(rounds, (round) => round.redis_messages_per_command),
    redis_commands_per_command: medianOf(rounds, (round) => round.redis_commands_per_command),
    redis_cpu_us_per_command: medianOf(rounds, (round) => round.redis_cpu_us_per_command),
    server_cpu_ms_per_command: medianOf(rounds, (round) => round.server_cpu_ms_per_command),
  }),
  rows: (rounds) => [
    ['watchers of a claim', String((rounds[0]?.nodes ?? 0) * watchersPerNode)],
    ['errors', String(sumOf(rounds, ({ errors }) => errors))],
    ['one by one, here p50', rangeOf(rounds, (round) => round.local_ms.p50)],
    ['one by one, here p99', rangeOf(rounds, (round) => round.local_ms.p99)],
    ['one by one, forwarded p50', rangeOf(rounds, (round) => round.forwarded_ms?.p50 ?? null)],
    ['one by one, forwarded p99', rangeOf(rounds, (round) => round.forwarded_ms?.p99 ?? null)],
    ['ack p50', rangeOf(rounds, (round) => round.ack_ms.p50)],
    ['ack p99', rangeOf(rounds, (round) => round.ack_ms.p99)],
    ['seen on all nodes p50', rangeOf(rounds, (round) => round.seen_ms.p50)],
    ['seen on all nodes p99', rangeOf(rounds, (round) => round.seen_ms.p99)],
    ['Redis messages per command', rangeOf(rounds, (round) => round.redis_messages_per_command)],
    ['Redis commands per command', rangeOf(rounds, (round) => round.redis_commands_per_command)],
    ['Redis CPU per command, µs', rangeOf(rounds, (round) => round.redis_cpu_us_per_command)],
    ['CPU of all nodes per command, ms', rangeOf(rounds, (round) => round.server_cpu_ms_per_command)],
    ['memory of all nodes, MB', rangeOf(rounds, (round) => round.server_memory_mb)],
  ],
  aims(played) {
    const errors = sumOf(played, ({ rounds }) => sumOf(rounds, (round) => round.errors));
    return [{ aim: 'every note acknowledged, and seen on all nodes', came: `${errors} were not`, ok: errors === 0 }];
  },
};

/** Sockets at every node: one that writes, and those that watch every claim. */
const gather = async ({ claims, people }: Prepared, { nodes }: Nodes, sockets: RawSocket[]) => {
  const watches = claims.map(() => createClaimWatch(nodes.length * watchersPerNode));
  const watchByRoom = new Map(claims.map((room, claim) => [room, watches[claim]!]));
  const [token] = await signInAll(nodes[0]!.url, people!.slice(0, 1));
  const writers: RawSocket[] = [];
  for (const [n, { url }] of nodes.entries()) {
    const writer = await openRaw({ url, token: await token!() });
    writers.push(writer);
    sockets.push(writer);
    for (let w = 0; w < watchersPerNode; w++) {
      const watcher = n * watchersPerNode + w;
      const socket = await openRaw({
        url,
        token: await token!(),
        onEvent(bytes, start, end) {
          const head = patchHead(bytes, start, end);
          if (head) watchByRoom.get(head.room)?.patch(watcher, head.from, head.seq, performance.now());
        },
      });
      sockets.push(socket);
      for (const [claim, room] of claims.entries()) {
        const joined = await joinRaw(socket, room);
        if (!joined.ok || !('view' in joined)) throw new Error('a watcher may not join');
        watches[claim]!.joined(watcher, { ...joined, view: joined.view });
      }
    }
  }
  return { watches, writers };
};

const looks = async ({ nodes, redis }: Nodes) => {
  const all = await Promise.all(nodes.map((node) => node.look()));
  return {
    redis: await redis(),
    cpuSeconds: sumOf(all, ({ cpuSeconds }) => cpuSeconds ?? 0),
    memoryMb: sumOf(all, ({ memoryMb }) => memoryMb ?? 0),
  };
};
