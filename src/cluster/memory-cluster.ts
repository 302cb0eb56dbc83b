/**
 * All four ports of a cluster in one process: for a server that runs alone, and for a simulation that makes it cruel. Whatever
 * passes between two nodes goes through `carry`, and whatever a node wants of the shared board through `board`.
 */
import type { Clock, Timers } from '../runtime/ports.ts';
import { createMemoryBoard, type ReachBoard } from './memory-board.ts';
import { createMemoryFanout, type MemoryFanout, type News } from './memory-fanout.ts';
import { createMemoryHints } from './memory-hints.ts';
import { createMemoryMesh, type Frame, type MemoryMesh } from './memory-mesh.ts';
import { createMembership } from './membership.ts';
import type { ClusterPorts, NodeId } from './ports.ts';

export interface MemoryClusterOptions {
  /** For one node that is to have no others. */
  readonly isSolo?: boolean;
  /** Takes a message (its `kind` says what it is: see Frame and News) from node to node: late, twice, or never, as it likes. It must copy. */
  carry?(from: NodeId, to: NodeId, message: object, deliver: (message: object) => void): void;
  /** What the board measures by; otherwise the monotonic clock of the first node. */
  now?(): number;
  canReachBoard?(node: NodeId): boolean;
  /** Does `run` at the board for that node and brings the answer back; may be slow, or reject before or after it ran. */
  board?<T>(node: NodeId, run: () => T): Promise<T>;
  /** How soon a peer learns by its system that a node with an open link has died; null: by silence only. */
  reset?(node: NodeId, peer: NodeId): number | null;
}
export interface MemoryNode extends ClusterPorts {
  /** Dies: never heard of again. */
  crash(): void;
}
export interface MemoryCluster {
  join(self: NodeId, timers: Timers, clock: Clock): MemoryNode;
  /** The board forgets everything. Nodes are back with their next renewal. */
  flush(): void;
}

interface Joined {
  readonly timers: Timers;
  readonly mesh: MemoryMesh;
  readonly fanout: MemoryFanout;
}

export const createMemoryCluster = ({
  isSolo = false,
  carry = carryCopy,
  now: givenNow,
  canReachBoard = () => true,
  board: atBoard = async (_, run) => run(),
  reset = () => 0,
}: MemoryClusterOptions = {}): MemoryCluster => {
  const nodes = new Map<NodeId, Joined>();
  let now = givenNow;
  const board = createMemoryBoard(() => now!());

  const reachBoardFor =
    (node: NodeId): ReachBoard =>
    async (run) => {
      if (!nodes.has(node) || !canReachBoard(node)) throw new Error('the board is out of reach');
      return atBoard(node, () => run(board));
    };
  /** The dead neither speak nor hear. */
  const send = (from: NodeId, to: NodeId, message: Frame | News, hear: (node: Joined, message: object) => void) => {
    if (!nodes.has(from)) return;
    carry(from, to, message, (arrived) => {
      const node = nodes.get(to);
      if (node) hear(node, arrived);
    });
  };
  const sendToOthers = (from: NodeId, news: News) => {
    for (const to of nodes.keys()) {
      if (to === from) continue;
      // Fanout promises at most once, even where messages are carried twice.
      let isDelivered = false;
      send(from, to, news, ({ fanout }, arrived) => {
        if (!isDelivered) fanout.hear(arrived as News);
        isDelivered = true;
      });
    }
  };
  const tellDeath = (dead: NodeId) => {
    for (const [peer, { timers, mesh }] of nodes) {
      if (mesh.stateOf(dead) !== 'up') continue;
      const ms = reset(dead, peer);
      if (ms !== null) timers.after(ms, () => mesh.reset(dead));
    }
  };

  return {
    join(self, timers, clock) {
      now ??= () => clock.monotonic();
      const sendFrame = (to: NodeId, frame: Frame) =>
        send(self, to, frame, (node, arrived) => node.mesh.hear(self, arrived as Frame));
      const mesh = createMemoryMesh({ timers, clock, send: sendFrame });
      const fanout = createMemoryFanout({
        isUp: () => canReachBoard(self),
        sendToOthers: (news) => sendToOthers(self, news),
      });
      nodes.set(self, { timers, mesh, fanout });
      const reachBoard = reachBoardFor(self);
      const membership = createMembership({
        self,
        isSolo,
        timers,
        board: {
          renew: (isStill) => reachBoard((at) => void (isStill() && at.renew(self))),
          remove: () => reachBoard((at) => at.remove(self)),
          members: () => reachBoard((at) => at.members().map((node) => ({ node, address: '' }))),
        },
        mesh: { stateOf: mesh.stateOf, follow: (members) => mesh.follow(members.map(({ node }) => node)) },
      });
      return {
        membership,
        hints: createMemoryHints(self, reachBoard),
        mesh,
        fanout,
        crash() {
          if (!nodes.delete(self)) return;
          for (const part of [membership, mesh, fanout]) part.stop();
          tellDeath(self);
        },
      };
    },
    flush: () => board.clear(),
  };
};

const carryCopy = (_from: NodeId, _to: NodeId, message: object, deliver: (message: object) => void) => {
  const copy = JSON.stringify(message);
  queueMicrotask(() => deliver(JSON.parse(copy) as object));
};
