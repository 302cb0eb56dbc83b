/** Takes what is asked of a room to the node that owns it: this one directly, another through the mesh, at most two of them. */
import type { Ack, Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { Boards } from '../runtime/boards.ts';
import type { Seated, Sitter } from '../runtime/change.ts';
import type { Host } from '../runtime/host.ts';
import type { Ask, DeadlineRow, Meter, NodeId } from '../runtime/ports.ts';
import { again, refusal } from '../runtime/waiting.ts';
import type { Peers } from './peers.ts';
import type { Placement } from './placement.ts';
import type { Call, Hop } from './words.ts';

export interface Router {
  send(ask: Ask): Promise<Ack>;
  sit(room: string, sitters: readonly Sitter[], wantsSights: boolean): Promise<Seated | Refusal>;
  /** Let the owner do what fell due. */
  fire(deadline: DeadlineRow): Promise<void>;
}
interface Deps {
  readonly self: NodeId;
  readonly host: Host;
  readonly boards: Boards;
  readonly placement: Placement;
  readonly peers: Peers;
  readonly meter: Meter;
  readonly limits: Limits;
  /** This node's own deadlines. */
  fireHere(deadline: DeadlineRow): Promise<void>;
}
type Answer = { readonly ok: true } | Refusal;

/** `to` is for routers only; no client hears of nodes. */
export const movedTo = (to: NodeId | null, limits: Limits): Refusal => ({
  ...again('moved', limits.retryAfterMs),
  ...(to !== null && { details: { to } }),
});
const isUnfit = (answer: Answer) => !answer.ok && answer.code === 'unavailable';
const isMoved = (answer: Answer): answer is Refusal => !answer.ok && answer.code === 'moved';

export const createRouter = (deps: Deps): Router => {
  const { self, host, boards, placement, peers, meter, limits } = deps;

  const isHere = (room: string) => host.holds(room) && !placement.isLeaving(room);

  const reach = async <A extends Answer>(
    room: string,
    here: (isResent: boolean) => Promise<A | Refusal>,
    call: (hop: Hop, isResent: boolean) => Call,
    first?: A | Refusal,
  ): Promise<A | Refusal> => {
    let isLost = false;
    /** Whoever had the room says that it is to be ours. */
    let isGiven = false;
    let answer: A | Refusal | null = first ?? null;
    let asked: NodeId = self;
    for (const hop of [1, 2] as const) {
      if (hop === 1 && first) {
        // Asked here already, and sent away.
      } else if (isGiven || isHere(room)) {
        asked = self;
        answer = await here(isLost);
      } else {
        const owner = await placement.route(room);
        if (owner === null) break;
        asked = owner;
        // Given to that node by this one: it need not ask whose it is.
        const hopThere = placement.isLeaving(room) ? 2 : hop;
        if (owner !== self) meter.cluster('forwarded');
        answer =
          owner === self
            ? await here(isLost)
            : ((await peers.ask(owner, call(hopThere, isLost))) as A | Refusal | null);
      }
      if (answer === null) {
        isLost = true;
        placement.unlearn(room, asked);
        continue;
      }
      if (isUnfit(answer) && asked !== self && hop === 1) {
        placement.unlearn(room, asked);
        placement.avoid(room, asked);
        continue;
      }
      if (!isMoved(answer)) {
        if (asked !== self && !isUnfit(answer)) placement.learn(room, asked);
        return answer;
      }
      meter.cluster('moved');
      placement.unlearn(room, asked);
      const to = answer.details?.to;
      isGiven = to === self && asked !== self;
      if (typeof to === 'string' && to !== self) placement.learn(room, to);
    }
    return again(isLost ? 'unknown' : 'moved', limits.retryAfterMs);
  };
  const resent = (ask: Ask, isResent: boolean): Ask => (isResent ? { ...ask, isResent } : ask);

  return {
    send(ask) {
      const { room } = ask;
      if (boards.has(room)) return Promise.resolve(refusal('command/unknown', { name: ask.name }));
      const here = (isResent: boolean) => host.send(resent(ask, isResent));
      const call = (hop: Hop, isResent: boolean): Call => ({ verb: 'send', hop, ask: resent(ask, isResent) });
      if (!isHere(room)) return reach<Ack & { ok: true }>(room, here, call);
      // The room is here, as on a single node it always is: nothing to ask, nothing to wait for.
      return host.send(ask).then((ack) => (isMoved(ack) ? reach<Ack & { ok: true }>(room, here, call, ack) : ack));
    },
    sit(room, sitters, wantsSights) {
      if (boards.has(room)) return boards.sit(room, self, sitters, wantsSights);
      const call = (hop: Hop): Call => ({ verb: 'sit', hop, room, sitters, wantsSights });
      return reach(room, () => host.sit(room, self, sitters, wantsSights), call);
    },
    async fire(deadline) {
      const here = async () => (await deps.fireHere(deadline), { ok: true as const });
      await reach(deadline.room, here, (hop) => ({ verb: 'fire', hop, deadline }));
    },
  };
};
