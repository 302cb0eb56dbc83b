/** Several whole nodes in one process: one database, one board, one clock, and every line between them in a test's hands. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import type { Caller } from '../../rooms/kit.ts';
import type { Ack } from '../../rooms/protocol.ts';
import { createMemoryCluster, type MemoryClusterOptions } from '../../src/cluster/memory-cluster.ts';
import { createNode, type NodeDeps } from '../../src/cluster/node.ts';
import { homeOf } from '../../src/cluster/rendezvous.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import type { ClusterEvent, NodeId } from '../../src/runtime/ports.ts';
import { createFakeClock, settled } from '../support/fake-clock.ts';
import { ann, createEar, uncounted } from '../support/node.ts';
import { tillRoom } from '../support/till.ts';
import { createDatabase } from './database.ts';
import { createMachine, type Machine } from './machine.ts';
import { createPost } from './post.ts';

interface Options extends Partial<Pick<NodeDeps, 'register' | 'random' | 'boards' | 'counted' | 'projections'>> {
  readonly limits?: Partial<Limits>;
  readonly reset?: MemoryClusterOptions['reset'];
}
/** Rooms stay where a test has brought them, unless it is about that. */
const stay = { handOverSettleMs: 3_600_000 };
type Since = { readonly epoch: number; readonly seq: number; readonly seat: string };

export const idOf = (n: number): NodeId => `node-${n}.a`;

/** What is said to a caller names no node. */
const nameless = <T>(said: T): T => {
  assert.doesNotMatch(JSON.stringify(said), /node-\d/);
  return said;
};

export const startCluster = async (count: number, { limits, reset, ...rest }: Options = {}) => {
  const clock = createFakeClock();
  const time = {
    ...clock,
    /** Not before what the test has just begun is under way. */
    advance: async (ms: number) => (await settled(), clock.advance(ms)),
  };
  const machines = new Map<NodeId, Machine>();
  const withoutBoard = new Set<NodeId>();
  /** Who asked the board about which room. */
  const boardAsked: { readonly node: NodeId; readonly room: string }[] = [];
  const database = createDatabase();
  const post = createPost(machines);
  const hub = createMemoryCluster({
    carry: post.carry,
    canReachBoard: (node) => !withoutBoard.has(node),
    ...(reset && { reset }),
  });

  const start = (n: number) => {
    const id = idOf(n);
    const machine = createMachine(time.timers);
    machines.set(id, machine);
    const { crash, ...ports } = hub.join(id, machine.timers, time.clock);
    const hints = {
      ...ports.hints,
      find: (room: string) => (boardAsked.push({ node: id, room }), ports.hints.find(room)),
    };
    const ear = createEar();
    const counted: ClusterEvent[] = [];
    const logged: string[] = [];
    const runtime = createNode({
      cluster: { ...ports, hints },
      register: { till: tillRoom },
      boards: [],
      counted: uncounted,
      projections: [],
      reactions: [],
      facts: {},
      store: database.reachedBy(id, machine),
      tell: ear.tell,
      clock: time.clock,
      timers: machine.timers,
      meter: {
        command() {},
        batch() {},
        activated() {},
        fenced() {},
        patch() {},
        cluster: (what) => void counted.push(what),
      },
      log: {
        info: (_, message) => void logged.push(message),
        warn: (_, message) => void logged.push(message),
        error: (_, message) => void logged.push(message),
      },
      limits: { ...defaultLimits, ...stay, ...limits },
      random: () => 0.5,
      ...rest,
    });
    runtime.start();
    const { rooms } = runtime;
    return {
      id,
      runtime,
      rooms,
      mesh: ports.mesh,
      hints: ports.hints,
      membership: ports.membership,
      signalsTo: ear.signalsTo,
      heardBy: (watcher: string) => nameless(ear.heardBy(watcher)),
      logged,
      counted: (what: ClusterEvent) => counted.filter((counts) => counts === what).length,
      send: async (room: string, name: string, input: unknown, by: Caller, commandId: string = randomUUIDv7()) =>
        nameless(await rooms.send({ room, id: commandId, name, input, by })),
      /** As a socket does: seated first, shown second. */
      async join(room: string, id: string, by: Caller, since?: Since) {
        const seated = await rooms.sit(room, { id, by });
        return nameless(seated.ok ? await rooms.look(room, id, since) : seated);
      },
      freeze: machine.freeze,
      thaw: machine.thaw,
      /** The process dies, and its system says so to whoever had a link to it. */
      async crash() {
        machine.die();
        crash();
        await time.advance(0);
      },
      loseBoard: () => void withoutBoard.add(id),
      findBoard: () => void withoutBoard.delete(id),
    };
  };

  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  const nodes = numbers.map(start);
  let names = 0;
  /** A name never used before that is at home where it should be. */
  const roomWith = (fits: (home: (...ns: readonly number[]) => NodeId | null) => boolean): string => {
    for (;;) {
      const room = `till/${++names}`;
      if (fits((...ns) => homeOf(room, ns.map(idOf)))) return room;
    }
  };
  /** Everybody has seen the others on the board, and reached them. */
  await time.advance(1_000);

  return {
    time,
    database,
    journal: database.journal,
    post,
    boardAsked,
    nodes: nodes as [ClusterNode, ClusterNode, ClusterNode, ClusterNode],
    start,
    roomWith,
    /** One that is at home at this node as long as all that began are there. */
    roomAt: ({ id }: { readonly id: NodeId }) => roomWith((home) => home(...numbers) === id),
    ownerOf: (room: string) => database.journal.heads.get(room)?.owner,
    /** By seq, what happened in the room and under which epoch. */
    eventsOf: (room: string) => (database.journal.events.get(room) ?? []).map(({ type, epoch }) => `${type} ${epoch}`),
    /** A node takes the room, as it does when it is asked by somebody who found the owner silent, and the owner hears nothing of it. */
    async overtake(
      room: string,
      taker: ClusterNode,
      asker: ClusterNode,
      name: string,
      input: unknown,
      by: Caller = ann,
    ) {
      const ask = { room, id: randomUUIDv7(), name, input, by, isResent: true };
      const ack = (await asker.mesh.ask(taker.id, { verb: 'send', hop: 2, ask })) as Ack;
      assert.ok(ack.ok, JSON.stringify(ack));
      await settled();
    },
    /** As a client does: the very same command again until the answer is final. */
    async insist(node: ClusterNode, room: string, name: string, input: unknown, by: Caller) {
      const id = randomUUIDv7();
      for (let tries = 1; ; tries++) {
        const ack = await node.send(room, name, input, by, id);
        if (ack.ok || ack.retry === 'no') return { ack, tries };
        await new Promise<void>((resolve) => void time.timers.after(ack.retryAfterMs!, resolve));
      }
    },
  };
  type ClusterNode = ReturnType<typeof start>;
};
export type Cluster = Awaited<ReturnType<typeof startCluster>>;
export type ClusterNode = Cluster['nodes'][0];

/** Something that takes its time: it has begun, and what came of it is seen later. */
export const begun = async <T>(promise: Promise<T>): Promise<{ answer: T | null }> => {
  const waiting: { answer: T | null } = { answer: null };
  void promise.then((answer) => (waiting.answer = answer));
  await settled();
  return waiting;
};
