/**
 * Puts one node together: the rooms it owns, the watchers connected to it, and the way to the other nodes. Everything it needs
 * from the world comes in as an argument, so a test can run a whole cluster in one process on a fake clock.
 */
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import type { Cube } from '../../rooms/tally.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from '../runtime/api.ts';
import { createBoards, type Teams } from '../runtime/boards.ts';
import { createFigures, type Figures } from '../runtime/figures.ts';
import { createCanary } from '../runtime/canary.ts';
import { createDeadlineClock } from '../runtime/deadline-clock.ts';
import { createHost } from '../runtime/host.ts';
import { createJournal } from '../runtime/journal.ts';
import type { Announce, Clock, FactReader, Log, Meter, Store, Tell, Timers } from '../runtime/ports.ts';
import { type Projection, rowsOf } from '../runtime/projections.ts';
import { createReactions, type Reaction } from '../runtime/reactions.ts';
import type { Seats } from '../runtime/watching.ts';
import { createAnnounce } from './announce.ts';
import { createAudit } from './audit.ts';
import { createBeacon } from './beacon.ts';
import { createEdge } from './edge.ts';
import { createFeed } from './feed.ts';
import { createHandOver } from './hand-over.ts';
import { createPeers } from './peers.ts';
import { createPlacement } from './placement.ts';
import type { ClusterPorts } from './ports.ts';
import { createRouter } from './router.ts';
import { createServe } from './serve.ts';

export interface NodeDeps {
  readonly cluster: ClusterPorts;
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly boards: readonly AnyDerivedRoom[];
  /** Without it every agent is in none. */
  readonly teams?: Teams;
  /** What boards and reports are counted from. */
  readonly counted: {
    readonly list: string;
    readonly cubes: readonly Cube[];
    readonly daysKept: number;
    dayOf(ms: number): string;
  };
  readonly projections: readonly Projection[];
  readonly reactions: readonly Reaction[];
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly store: Store;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  /** 0 to 1, for spreading things out. */
  random(): number;
}

export interface Node {
  readonly rooms: RoomsApi;
  readonly figures: Figures;
  /** Today, where the insurer is. */
  today(): string;
  /** The journal takes a write right now. */
  isAlive(): Promise<boolean>;
  start(): void;
  /** Gives its rooms to the others, ends what is under way. True if nothing was left undone. */
  stop(): Promise<boolean>;
  readonly roomsInMemory: number;
  readonly commandsWaiting: number;
  /** Seated in this node's rooms. */
  readonly watchers: number;
}

export const createNode = (deps: NodeDeps): Node => {
  const { cluster, timers, limits } = deps;
  const { membership, hints, mesh, fanout } = cluster;
  const { self } = membership;

  const peers = createPeers({ ...deps, mesh });
  const placement = createPlacement({ ...deps, membership, hints, peers });
  // Owners announce to watchers' nodes, and this node's own watchers ask owners: one of the two must be named first.
  const announce: Announce = createAnnounce({ self, fanout, peers, edge: () => edge });
  const journal = createJournal({ ...deps, owner: self });
  const today = () => deps.counted.dayOf(deps.clock.now());
  const feed = createFeed({ ...deps, list: deps.counted.list, figures: () => figures, membership, fanout, peers });
  const figures = createFigures({ ...deps, ...deps.counted, today, prepare: feed.prepare });
  const boards = createBoards({ ...deps, self, announce, figures, today, register: deps.boards });
  const host = createHost({
    ...deps,
    self,
    announce,
    journal,
    rowsOf: rowsOf(deps.projections),
    jobsOf: createReactions(deps.reactions),
    onChange: feed.committed,
    onUnknown: feed.unclear,
    isSolo: membership.isSolo,
    onHeld: placement.held,
    onForgotten: placement.forgotten,
    onFenced: placement.fenced,
  });
  const deadlines = createDeadlineClock({
    ...deps,
    host,
    isMine: (room) => host.holds(room) || placement.home(room) === self,
    pass: (deadline) => router.fire(deadline),
  });
  const router = createRouter({ ...deps, self, host, boards, placement, peers, fireHere: deadlines.fire });
  const seatsOf = (room: string): Seats => (boards.has(room) ? boards : host);
  const edge = createEdge({ ...deps, self, router, peers, seatsOf });
  const serve = createServe({ ...deps, self, host, edge, feed, placement, fireHere: deadlines.fire });
  const handOver = createHandOver({ ...deps, host, placement, membership, peers });
  const beacon = createBeacon({ ...deps, host, membership, peers, fanout });
  const audit = createAudit({ ...deps, host, placement, membership });
  // By the node's name, which stays when it starts again.
  const canary = createCanary({ ...deps, journal, owner: self, name: self.split('.')[0]! });
  const running: (() => void)[] = [];

  return {
    rooms: {
      ...edge,
      send: router.send,
      read: (room, by) => (boards.has(room) ? boards : host).read(room, by),
    },
    figures,
    today,
    isAlive: canary.isAlive,
    start() {
      mesh.serve(serve.message);
      fanout.onMessage(serve.news);
      peers.onDown((node) => {
        edge.ownerDown(node);
        feed.nodeDown(node);
      });
      const sweep = () => {
        placement.sweep();
        handOver.balance();
        boards.turnDay();
        void host.sweep();
      };
      running.push(
        timers.every(limits.sweepEveryMs, sweep),
        timers.every(limits.beaconFastMs, beacon.tick),
        // A server that is to be alone looks only now and then whether another has its database by mistake.
        timers.every(limits.auditEveryMs * (membership.isSolo ? 10 : 1), () => void audit.look()),
        timers.every(limits.vouchEveryMs, edge.vouch),
        timers.every(limits.beaconEveryMs, feed.beat),
        timers.every(limits.deadlinePollMs, () => void deadlines.look()),
      );
    },
    async stop() {
      const isGivenAway = !handOver.hasOthers() || (await handOver.leave());
      for (const cancel of running.splice(0)) cancel();
      edge.close();
      figures.stop();
      peers.close();
      const isDone = await host.drain();
      return isDone && (isGivenAway || !handOver.hasOthers());
    },
    get roomsInMemory() {
      return host.rooms;
    },
    get watchers() {
      return host.watchers;
    },
    get commandsWaiting() {
      return host.waiting;
    },
  };
};
