/**
 * Which node to ask for a room. In this order: the one it was found at last; the one the note board names, or the journal if
 * the board is away; else the room's home by rendezvous hashing. Wrong answers cost a detour, never a write: two nodes that
 * both believe to own a room are told apart by its epoch.
 */
import type { Limits } from '../limits.ts';
import type { Clock, Log, NodeId, Store, Timers } from '../runtime/ports.ts';
import type { Peers } from './peers.ts';
import type { Hint, Hints, Membership } from './ports.ts';
import { homeOf } from './rendezvous.ts';
import type { Hop } from './words.ts';

export interface Placement {
  /** Whom to ask; null: it was just lost to a node out of reach, and taking it back at once would be tug of war. */
  route(room: string): Promise<NodeId | null>;
  /** Asked by another node for a room this one does not hold: itself if it may take it, else who has it, or null as above. */
  takerOf(room: string, hop: Hop): Promise<NodeId | null>;
  /** The room was found there. */
  learn(room: string, owner: NodeId): void;
  /** It was not found there any more. */
  unlearn(room: string, owner: NodeId): void;
  /** That node is there, but could not do it: it may have lost its database. */
  avoid(room: string, node: NodeId): void;
  home(room: string): NodeId;
  /** Given to another node: from here on nobody is sent to this one. */
  isLeaving(room: string): boolean;
  leave(room: string, to: NodeId): void;
  /** Given to this one: it is taken at the first question, whatever the board or an earlier giving away says. */
  given(rooms: readonly string[]): void;
  held(room: string, epoch: number): void;
  forgotten(room: string, epoch: number): void;
  fenced(room: string): void;
  /** Says again what this node holds, before it lapses. */
  refresh(held: readonly { readonly room: string; readonly epoch: number }[]): void;
  sweep(): void;
}
interface Deps {
  readonly membership: Membership;
  readonly hints: Hints;
  readonly peers: Peers;
  readonly store: Pick<Store, 'ownersOf'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}
type Held = { readonly room: string; readonly epoch: number };

export const createPlacement = ({ membership, hints, peers, store, clock, timers, log, limits }: Deps): Placement => {
  const { self, isSolo } = membership;
  /** In order of use; the longest unused goes first. */
  const routes = new Map<string, NodeId>();
  /** Lost to another node, and until when (monotonic) it is not taken back. */
  const heldOff = new Map<string, number>();
  /** Rooms that a node could not serve, and until when (monotonic) others are asked for them instead. */
  const unfit = new Map<string, { readonly node: NodeId; readonly until: number }>();
  /** The last word on rooms given away, by this node or to it. */
  const going = new Map<string, { readonly to: NodeId; readonly until: number }>();
  /** What the board is to be told of a room: the last that happened to it. */
  let unsaid = new Map<string, Held & { readonly isHeld: boolean }>();
  let isSaying = false;

  const isMember = (node: NodeId) => membership.nodes.includes(node);
  const isFit = (room: string, node: NodeId) => {
    const failed = unfit.get(room);
    return failed?.node !== node || failed.until <= clock.monotonic();
  };
  const isReachable = (room: string, node: NodeId) =>
    node !== self && isMember(node) && !peers.isSuspect(node) && isFit(room, node);
  const home = (room: string): NodeId =>
    homeOf(
      room,
      membership.nodes.filter((node) => node === self || (!peers.isSuspect(node) && isFit(room, node))),
    ) ?? self;

  const named = async (room: string): Promise<Hint | null> => {
    if (isSolo) return null;
    // The board is only a short cut, and just after a loss it may not have heard: the journal knows whom it gave the room to.
    if (!heldOff.has(room)) {
      try {
        return await hints.find(room);
      } catch {
        // Away: see below.
      }
    }
    const [head] = await store.ownersOf([room]).catch(() => []);
    return head ?? null;
  };
  /** Whoever has taken a room from us keeps it a while, even if we cannot reach them: they may be fine, and we cut off. */
  const isHeldOff = (room: string, owner: NodeId) =>
    owner !== self && isMember(owner) && (heldOff.get(room) ?? 0) > clock.monotonic();

  const goes = (room: string, to: NodeId) => {
    going.set(room, { to, until: clock.monotonic() + limits.leavingMs });
  };
  const goingTo = (room: string): NodeId | undefined => {
    const word = going.get(room);
    if (word && word.until > clock.monotonic() && (word.to === self || isReachable(room, word.to))) return word.to;
    going.delete(room);
    return undefined;
  };

  /** What is said to the board is gathered for a moment, and nobody waits for it. */
  const say = (room: string, epoch: number, isHeld: boolean) => {
    if (isSolo) return;
    unsaid.set(room, { room, epoch, isHeld });
    if (isSaying) return;
    isSaying = true;
    timers.soon(() => {
      isSaying = false;
      const said = [...unsaid.values()];
      unsaid = new Map();
      const lost = (error: unknown) => log.info({ error: String(error) }, 'the note board of owners is away');
      for (let i = 0; i < said.length; i += limits.beaconRoomsMax) {
        const part = said.slice(i, i + limits.beaconRoomsMax);
        const dropped = part.filter(({ isHeld }) => !isHeld);
        const noted = part.filter(({ isHeld }) => isHeld);
        if (dropped.length > 0) hints.drop(dropped).catch(lost);
        if (noted.length > 0) hints.note(noted).catch(lost);
      }
    });
  };

  return {
    async route(room) {
      const to = goingTo(room);
      if (to !== undefined) return to;
      const known = routes.get(room);
      if (known !== undefined && isReachable(room, known)) return known;
      const hint = await named(room);
      if (hint && isReachable(room, hint.owner)) return hint.owner;
      if (hint && isHeldOff(room, hint.owner)) return null;
      return home(room);
    },
    async takerOf(room, hop) {
      const to = goingTo(room);
      if (to !== undefined) return to;
      const hint = await named(room);
      if (hint && isHeldOff(room, hint.owner)) return isReachable(room, hint.owner) && hop === 1 ? hint.owner : null;
      if (hop === 2) return self;
      if (hint && isReachable(room, hint.owner)) return hint.owner;
      return home(room);
    },
    learn(room, owner) {
      routes.delete(room);
      routes.set(room, owner);
      if (routes.size > limits.routesCachedMax) routes.delete(routes.keys().next().value!);
    },
    unlearn(room, owner) {
      if (routes.get(room) === owner) routes.delete(room);
      if (going.get(room)?.to === owner) going.delete(room);
    },
    avoid(room, node) {
      unfit.set(room, { node, until: clock.monotonic() + limits.holdOffMs });
    },
    home,
    isLeaving: (room) => going.size > 0 && (goingTo(room) ?? self) !== self,
    leave: goes,
    given(rooms) {
      for (const room of rooms) goes(room, self);
    },
    held(room, epoch) {
      routes.delete(room);
      going.delete(room);
      say(room, epoch, true);
    },
    forgotten(room, epoch) {
      say(room, epoch, false);
    },
    fenced(room) {
      routes.delete(room);
      heldOff.set(room, clock.monotonic() + limits.holdOffMs);
    },
    refresh(held) {
      for (const { room, epoch } of held) say(room, epoch, true);
    },
    sweep() {
      const now = clock.monotonic();
      for (const [room, until] of heldOff) if (until <= now) heldOff.delete(room);
      for (const [room, { until }] of unfit) if (until <= now) unfit.delete(room);
      for (const [room, { until }] of going) if (until <= now) going.delete(room);
    },
  };
};
