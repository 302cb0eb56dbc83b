/** A whole node without sockets or database: the real runtime on a fake clock, with everything it tells written down. */
import { randomUUIDv7 } from 'node:crypto';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { RoomPatch, SignalMessage } from '../../rooms/protocol.ts';
import { createMemoryCluster } from '../../src/cluster/memory-cluster.ts';
import { createNode, type NodeDeps } from '../../src/cluster/node.ts';
import { defaultLimits, type Limits } from '../../src/limits.ts';
import type { Store, Tell } from '../../src/runtime/ports.ts';
import { createFakeClock } from './fake-clock.ts';
import { tillRoom } from './till.ts';

const limits0 = { reserve: 0, payment: 0 };
export const ann: Caller = entitled({ accountId: 'ann', agentId: 'ann', roles: ['agent'], limits: limits0 });
export const bob: Caller = entitled({ accountId: 'bob', agentId: 'bob', roles: ['agent'], limits: limits0 });
export const carl: Caller = entitled({ accountId: 'carl', customerId: 'carl', roles: ['customer'], limits: limits0 });
export const eve: Caller = entitled({ accountId: 'eve', roles: [], limits: limits0 });

export interface Told {
  readonly to: string;
  readonly message: RoomPatch;
}

/** Groups watchers by seat as Socket.IO would, and keeps what each watcher was told, in order. */
export const createEar = () => {
  const groups = new Map<string, Set<string>>();
  const heard = new Map<string, RoomPatch[]>();
  const signals = new Map<string, SignalMessage[]>();
  const add = <T>(map: Map<string, T[]>, id: string, message: T) => map.set(id, [...(map.get(id) ?? []), message]);
  const tell: Tell = {
    toSeat(room, seat, message) {
      for (const id of groups.get(`${room}#${seat}`) ?? []) add(heard, id, message);
    },
    toWatcher: (id, message) => void add(heard, id, message),
    seat(id, room, from, to) {
      if (from !== null) groups.get(`${room}#${from}`)?.delete(id);
      if (to === null) return;
      const key = `${room}#${to}`;
      groups.set(key, (groups.get(key) ?? new Set()).add(id));
    },
    signal(room, seat, message) {
      for (const id of groups.get(`${room}#${seat}`) ?? []) add(signals, id, message);
    },
  };
  return { tell, heardBy: (id: string) => heard.get(id) ?? [], signalsTo: (id: string) => signals.get(id) ?? [] };
};

/** For nodes without boards. */
export const uncounted = {
  list: 'none',
  cubes: [],
  daysKept: 0,
  dayOf: (ms: number) => new Date(ms).toISOString().slice(0, 10),
};

interface Options extends Partial<Omit<NodeDeps, 'limits' | 'store'>> {
  readonly nodeId?: string;
  readonly store: Store;
  readonly limits?: Partial<Limits>;
  readonly time?: ReturnType<typeof createFakeClock>;
}

export const newNode = ({ store, limits, nodeId = 'node-a', time = createFakeClock(), ...rest }: Options) => {
  const ear = createEar();
  const logged: { level: string; message: string; fields: object }[] = [];
  const fenced: string[] = [];
  const runtime = createNode({
    // Alone: two such nodes on one store know nothing of each other.
    cluster: createMemoryCluster({ isSolo: true }).join(nodeId, time.timers, time.clock),
    register: { till: tillRoom },
    boards: [],
    counted: uncounted,
    projections: [],
    reactions: [],
    facts: { claimNumber: async () => 'CLM-2026-0000001' },
    store,
    tell: ear.tell,
    clock: time.clock,
    timers: time.timers,
    meter: {
      command() {},
      batch() {},
      activated() {},
      fenced: (kind) => void fenced.push(kind),
      patch() {},
      cluster() {},
    },
    log: {
      info: (fields, message) => void logged.push({ level: 'info', message, fields }),
      warn: (fields, message) => void logged.push({ level: 'warn', message, fields }),
      error: (fields, message) => void logged.push({ level: 'error', message, fields }),
    },
    limits: { ...defaultLimits, ...limits },
    random: () => 0.5,
    ...rest,
  });
  runtime.start();
  const send = (room: string, name: string, input: unknown, by: Caller, id: string = randomUUIDv7()) =>
    runtime.rooms.send({ room, id, name, input, by });
  return { runtime, rooms: runtime.rooms, send, time, ear, logged, fenced };
};
