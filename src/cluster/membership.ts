/** One node's view of who is at work: it says on a board that it is here, and reads there who else is. */
import type { Timers } from '../runtime/ports.ts';
import type { LinkState, Membership, NodeId } from './ports.ts';

export const renewEveryMs = 2_000;
export const pollEveryMs = 1_000;

export interface Member {
  readonly node: NodeId;
  /** Where its mesh is reached. */
  readonly address: string;
}
/** Each may reject: then the board is out of reach. */
export interface MembersBoard {
  /** `isStill` is to be asked where the renewal is done, if that may be after a `remove`: it must not undo the leaving. */
  renew(isStill: () => boolean): Promise<void>;
  remove(): Promise<void>;
  members(): Promise<readonly Member[]>;
}
interface Deps {
  readonly self: NodeId;
  readonly isSolo: boolean;
  readonly timers: Timers;
  readonly board: MembersBoard;
  readonly mesh: { stateOf(node: NodeId): LinkState; follow(members: readonly Member[]): void };
  readonly everyMs?: { readonly renew: number; readonly poll: number };
}
export interface BoardMembership extends Membership {
  /** The board has answered at least once. */
  readonly hasLooked: boolean;
  stop(): void;
}

export const createMembership = (deps: Deps): BoardMembership => {
  const { self, isSolo, timers, board, mesh, everyMs = { renew: renewEveryMs, poll: pollEveryMs } } = deps;
  let nodes: readonly NodeId[] = [self];
  let hasLeft = false;
  let hasLooked = false;
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
    const members = await board.members().catch(() => null);
    // A slow answer must not undo a later one.
    if (turn < lastSeen) return;
    lastSeen = turn;
    if (members) {
      const others = members.filter(({ node }) => isOther(node));
      // Linked before it is told: nobody shall hear of a node that the mesh does not know.
      mesh.follow(others);
      hasLooked = true;
      show(others.map(({ node }) => node));
    } else {
      // The board is lost: nobody says who is new, and only a dead link says who is gone.
      show(nodes.filter((node) => isOther(node) && mesh.stateOf(node) !== 'down'));
    }
  };
  const renew = () => {
    // One that is lost is made up for by the next.
    if (!hasLeft) board.renew(() => !hasLeft).catch(() => undefined);
  };

  renew();
  void poll();
  const stops = [timers.every(everyMs.renew, renew), timers.every(everyMs.poll, () => void poll())];

  return {
    self,
    isSolo,
    get nodes() {
      return nodes;
    },
    get hasLooked() {
      return hasLooked;
    },
    onChange: (tell) => void listeners.push(tell),
    async leave() {
      hasLeft = true;
      show(nodes.filter(isOther));
      // Where the board is away, what it says of this node lapses.
      await board.remove().catch(() => undefined);
    },
    stop() {
      for (const stop of stops) stop();
      listeners.length = 0;
    },
  };
};
