/** One node's view of who is at work: it says on the board that it is here, and reads there who else is. */
import type { Timers } from '../runtime/ports.ts';
import type { ReachBoard } from './memory-board.ts';
import type { LinkState, Membership, NodeId } from './ports.ts';

export const renewEveryMs = 2_000;
export const pollEveryMs = 1_000;

interface Deps {
  readonly self: NodeId;
  readonly isSolo: boolean;
  readonly timers: Timers;
  readonly reachBoard: ReachBoard;
  readonly mesh: { stateOf(node: NodeId): LinkState; follow(members: readonly NodeId[]): void };
}
export interface MemoryMembership extends Membership {
  stop(): void;
}

export const createMemoryMembership = ({ self, isSolo, timers, reachBoard, mesh }: Deps): MemoryMembership => {
  let nodes: readonly NodeId[] = [self];
  let hasLeft = false;
  let polls = 0;
  let lastSeen = 0;
  const listeners: (() => void)[] = [];

  const show = (others: readonly NodeId[]) => {
    const next = hasLeft ? [...others] : [...others, self];
    next.sort();
    if (next.join(' ') === nodes.join(' ')) return;
    nodes = next;
    for (const tell of listeners) tell();
  };
  const isOther = (node: NodeId) => node !== self;

  const poll = async () => {
    const turn = ++polls;
    const members = await reachBoard((board) => board.members()).catch(() => null);
    // A slow answer must not undo a later one.
    if (turn < lastSeen) return;
    lastSeen = turn;
    if (members) {
      const others = members.filter(isOther);
      // Linked before it is told: nobody shall hear of a node that the mesh does not know.
      mesh.follow(others);
      show(others);
    } else {
      // The board is lost: nobody says who is new, and only a dead link says who is gone.
      show(nodes.filter((node) => isOther(node) && mesh.stateOf(node) !== 'down'));
    }
  };
  const renew = () => {
    if (hasLeft) return;
    // Asked again at the board: a renewal that was on its way must not undo the leaving. One that is lost is made up for by the next.
    reachBoard((board) => void (hasLeft || board.renew(self))).catch(() => undefined);
  };

  renew();
  void poll();
  const stops = [timers.every(renewEveryMs, renew), timers.every(pollEveryMs, () => void poll())];

  return {
    self,
    isSolo,
    get nodes() {
      return nodes;
    },
    onChange: (tell) => void listeners.push(tell),
    async leave() {
      hasLeft = true;
      show(nodes.filter(isOther));
      // Where the board is away, what it says of this node lapses.
      await reachBoard((board) => board.remove(self)).catch(() => undefined);
    },
    stop() {
      for (const stop of stops) stop();
      listeners.length = 0;
    },
  };
};
