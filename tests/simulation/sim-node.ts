/** One real node on a simulated machine: the same parts `src/main.ts` puts together, with sockets, database and cluster simulated. */
import { reactions } from '../../handlers/reactions/index.ts';
import { sendCommand } from '../../handlers/jobs/send-command.ts';
import { roomVerbs } from '../../handlers/socket/rooms.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import type { Caller } from '../../rooms/kit.ts';
import type { JoinAck, RoomPatch } from '../../rooms/protocol.ts';
import type { MemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { createNode, type Node } from '../../src/cluster/node.ts';
import type { Limits } from '../../src/limits.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Log, Meter, Store, Tell } from '../../src/runtime/ports.ts';
import type { Connection } from '../../src/socket/verb.ts';
import { counted } from '../../src/read/counted.ts';
import { claims } from '../../src/read/claims.ts';
import type { Chance } from './chance.ts';
import type { Worker } from './job-queue.ts';
import type { Ledger } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { People, Person } from './people.ts';
import type { Door, ServerSide } from './sim-door.ts';

/** Of what follows, only what goes to rooms that are simulated. */
const withinClaims = reactions.map((reaction) => ({
  ...reaction,
  causes: (happened: Parameters<typeof reaction.causes>[0]) =>
    reaction.causes(happened).filter((each) => 'send' in each && each.send.room.startsWith('claim/')),
}));

/** Where a broken twin puts its broken part. */
export interface Parts {
  store?(real: Store, machine: Machine): Store;
  rooms?(real: RoomsApi, machine: Machine): RoomsApi;
  tell?(real: Tell): Tell;
  limits?(real: Limits): Limits;
}
export interface SimNode {
  readonly id: string;
  readonly machine: Machine;
  readonly node: Node;
  readonly worker: Worker;
  /** As this page of this person finds it. */
  door(person: Person, page: string): Door;
  /** kill -9. */
  crash(): void;
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<boolean>;
  readonly isStopping: boolean;
}
export interface SimNodeEdges {
  readonly id: string;
  readonly machine: Machine;
  readonly chance: Chance;
  readonly cluster: MemoryCluster;
  readonly store: Store;
  readonly people: People;
  readonly ledger: Ledger;
  readonly limits: Limits;
  readonly parts: Parts;
  readonly meter: Meter;
  readonly log: Log;
  /** For whoever reads what happened. */
  trace?(what: string): void;
}
interface Socket {
  readonly page: string;
  readonly connection: ServerSide;
  readonly state: { caller: Caller; isConnected: boolean; readonly joined: Map<string, object> };
}

/** How long an account's change takes to reach a node. */
const callerLagMs = [1, 500] as const;
/** A claim number is leased from the database. */
const factMs = [0.1, 3] as const;

export const startNode = (edges: SimNodeEdges): SimNode => {
  const { id, machine, chance, people, ledger, parts, log } = edges;
  const limits = parts.limits?.(edges.limits) ?? edges.limits;
  const { clock, timers } = machine;
  const sockets = new Map<string, Socket>();
  const groups = new Map<string, Set<string>>();
  const groupOf = (room: string, seat: string) => `${room}#${seat}`;
  let isStopping = false;
  let numbers = 0;

  const emit = (socketId: string, message: RoomPatch) => {
    const socket = sockets.get(socketId);
    if (!socket) return;
    if (message.seat === null) socket.state.joined.delete(message.room);
    ledger.told(socket.page, socket.state.caller, message.room, message);
    edges.trace?.(`${socket.page} is told ${JSON.stringify(message)}`);
    socket.connection.emit('room:patch', message);
  };
  const tell: Tell = {
    toSeat(room, seat, message) {
      for (const socketId of groups.get(groupOf(room, seat)) ?? []) emit(socketId, message);
    },
    toWatcher: emit,
    seat(socketId, room, from, to) {
      if (from !== null) groups.get(groupOf(room, from))?.delete(socketId);
      if (to === null) return;
      const key = groupOf(room, to);
      groups.set(key, (groups.get(key) ?? new Set()).add(socketId));
    },
    signal(room, seat, message) {
      for (const socketId of groups.get(groupOf(room, seat)) ?? [])
        sockets.get(socketId)?.connection.emit('room:signal', message);
    },
  };

  const ports = edges.cluster.join(id, timers, clock);
  const node = createNode({
    ...edges,
    limits,
    cluster: ports,
    register: { claim: claimRoom },
    boards: [],
    counted,
    projections: [claims],
    reactions: withinClaims,
    facts: {
      claimNumber: () =>
        new Promise((resolve) => {
          const number = `CLM-2026-${String(++numbers).padStart(7, '0')}`;
          timers.after(chance.between(...factMs), () => resolve(number));
        }),
      policyAtLoss: async () => null,
      possibleDuplicates: async () => [],
      catastrophe: async () => undefined,
    },
    store: parts.store?.(edges.store, machine) ?? edges.store,
    tell: parts.tell?.(tell) ?? tell,
    clock,
    timers,
    random: chance.next,
  });
  const rooms = parts.rooms?.(node.rooms, machine) ?? node.rooms;
  const verbs = new Map(roomVerbs(rooms, limits).map((verb) => [verb.name, verb]));
  node.start();

  const stopPeople = people.onChange((accountId, caller) => {
    timers.after(chance.between(...callerLagMs), () => {
      for (const [socketId, { state }] of sockets) {
        // Changes are read from the database, so a later one is never undone by an earlier.
        if (state.caller.accountId !== accountId || people.callers.get(accountId) !== caller) continue;
        state.caller = caller;
        rooms.recall({ id: socketId, by: caller });
      }
    });
  });
  machine.onKill(stopPeople);

  const serve = async ({ page, state }: Socket, connection: Connection, name: string, request: unknown) => {
    const verb = verbs.get(name);
    const parsed = verb?.request.safeParse(request);
    if (!verb || !parsed?.success) return { ok: false, code: 'invalid', retry: 'no' };
    edges.trace?.(`${page} asks ${name} ${JSON.stringify(request)}`);
    if (name === 'room:command') ledger.copied((parsed.data as { id: string }).id, 'received');
    const reply = await verb.handle(parsed.data, connection);
    edges.trace?.(`${page} is answered ${JSON.stringify(reply)} to ${JSON.stringify(request)}`);
    if (name === 'room:join' && reply && state.isConnected)
      ledger.told(page, state.caller, (parsed.data as { room: string }).room, reply as JoinAck);
    return reply;
  };

  return {
    id,
    machine,
    node,
    worker: {
      machine,
      run: ({ payload }) => sendCommand({ ...rooms, send: (ask) => ledger.react(ask, rooms.send) }, log)(payload),
    },
    door: (person, page) => ({
      machine,
      accept(connection) {
        if (isStopping) return null;
        const state = {
          caller: people.callers.get(person.accountId)!,
          isConnected: true,
          joined: new Map<string, object>(),
        };
        const socket: Socket = { page, connection, state };
        sockets.set(connection.id, socket);
        const seen: Connection = {
          id: connection.id,
          get caller() {
            return state.caller;
          },
          get isConnected() {
            return state.isConnected;
          },
          joined: state.joined,
          renew: async () => false,
        };
        return {
          request(verb, request, reply) {
            void serve(socket, seen, verb, request).then((answer) => answer && reply(answer));
          },
          closed() {
            state.isConnected = false;
            sockets.delete(connection.id);
            rooms.gone(connection.id);
          },
        };
      },
    }),
    crash() {
      machine.kill();
      ports.crash();
    },
    async stop() {
      isStopping = true;
      const isClean = await node.stop();
      for (const { connection } of sockets.values()) connection.close();
      machine.kill();
      ports.crash();
      return isClean;
    },
    get isStopping() {
      return isStopping;
    },
  };
};
