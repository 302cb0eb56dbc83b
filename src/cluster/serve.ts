/** What this node does when another one asks: the owner's doors, behind the question whether it is, or may become, the owner. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { Host } from '../runtime/host.ts';
import type { DeadlineRow, Log, NodeId } from '../runtime/ports.ts';
import { again } from '../runtime/waiting.ts';
import type { Edge } from './edge.ts';
import type { Feed } from './feed.ts';
import type { Placement } from './placement.ts';
import { movedTo } from './router.ts';
import type { Call, Hop, News, Notice } from './words.ts';

interface Deps {
  readonly self: NodeId;
  readonly host: Host;
  readonly edge: Edge;
  readonly feed: Feed;
  readonly placement: Placement;
  readonly limits: Limits;
  readonly log: Log;
  fireHere(deadline: DeadlineRow): Promise<void>;
}

const notices: ReadonlySet<string> = new Set<Notice['verb']>(['leave', 'signal', 'lost', 'given', 'beacon', 'stands']);

export const createServe = ({ self, host, edge, feed, placement, limits, log, fireHere }: Deps) => {
  const asOwner = async (room: string, hop: Hop, work: () => Promise<object>): Promise<object> => {
    if (!host.holds(room) || placement.isLeaving(room)) {
      const owner = await placement.takerOf(room, hop);
      if (owner === null) return movedTo(null, limits);
      if (owner !== self) return movedTo(owner, limits);
    }
    return work();
  };

  const answer = (from: NodeId, call: Call): Promise<object> | object => {
    switch (call.verb) {
      case 'ping':
        return { ok: true };
      case 'send':
        return asOwner(call.ask.room, call.hop, () => host.send(call.ask));
      case 'sit':
        return asOwner(call.room, call.hop, () => host.sit(call.room, from, call.sitters, call.wantsSights));
      case 'fire':
        return asOwner(call.deadline.room, call.hop, async () => (await fireHere(call.deadline), { ok: true }));
      case 'look':
        return host.look(call.room, call.watcher, call.since);
      case 'catchUp':
        return host.catchUp(call.room, call.epoch, call.lasts);
      case 'vouch':
        return host.vouch(call.rooms);
      case 'position':
        return { position: feed.position };
      case 'missed':
        return feed.missedSince(call.after);
      default:
        // Said by a later version: there it will be done.
        return again('unavailable', limits.retryAfterMs) satisfies Refusal;
    }
  };
  const heed = (from: NodeId, notice: Notice) => {
    switch (notice.verb) {
      case 'leave':
        return host.leave(notice.room, notice.watcher, notice.ticket);
      case 'signal':
        return host.signal(notice.room, notice.watcher, notice.kind, notice.data);
      case 'lost':
        return edge.lost(notice.room, notice.epoch);
      case 'given':
        return placement.given(notice.rooms);
      case 'beacon':
        return edge.hearBeats(notice.beats);
      case 'stands':
        return feed.hearPosition(from, notice.position);
      default:
    }
  };
  const isNotice = (message: Call | Notice): message is Notice => notices.has(message.verb);

  return {
    async message(from: NodeId, message: object): Promise<unknown> {
      const said = message as Call | Notice;
      try {
        return isNotice(said) ? heed(from, said) : await answer(from, said);
      } catch (error) {
        // A passing outage or a defect: the asker tries again, and this node lives on.
        log.error({ verb: said.verb, error: String(error) }, 'another node could not be answered');
        return again('unavailable', limits.retryAfterMs);
      }
    },
    news(message: object) {
      const news = message as News;
      if (news.verb === 'change') edge.hear(news.change);
      else if (news.verb === 'seatSignal') edge.hearSignal(news.signal);
      else if (news.verb === 'followed') feed.hear(news.part);
    },
  };
};
