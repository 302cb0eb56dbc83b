/**
 * The changes of a list, from the node that commits them to every node: this one at once, the others gathered for a moment. Each
 * node numbers its own. Whoever finds a number missing asks for what came after the last one it has; who asks too late, or
 * hears that a node is gone, counts anew. In which order changes arrive does not matter: they are sums.
 */
import type { Limits } from '../limits.ts';
import type { Commit } from '../runtime/active-room.ts';
import type { Figures, ListChange } from '../runtime/figures.ts';
import type { Cancel, Clock, NodeId, Timers } from '../runtime/ports.ts';
import { isSameRow } from '../runtime/projections.ts';
import type { Peers } from './peers.ts';
import type { Fanout, Membership } from './ports.ts';
import type { Followed, FeedPart, Missed } from './words.ts';

export interface Feed {
  /** A room of this node has new durable state. */
  committed(commit: Commit): void;
  /** A write of this node may or may not have happened. */
  unclear(): void;
  hear(part: FeedPart): void;
  /** Where another node says it stands. */
  hearPosition(node: NodeId, position: number): void;
  missedSince(after: number): Missed;
  readonly position: number;
  /**
   * Everything the others have told until now is in what is read from now on, so that of a node not heard before nothing needs
   * to be asked for. Of the others what is under way is still wanted: by the sums there are.
   */
  prepare(): Promise<void>;
  nodeDown(node: NodeId): void;
  /** To be called every `beaconEveryMs`. */
  beat(): void;
}
interface Deps {
  readonly list: string;
  readonly figures: () => Pick<Figures, 'follow' | 'recount' | 'tally'>;
  readonly membership: Membership;
  readonly fanout: Fanout;
  readonly peers: Peers;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
}
/** What is had of a node: everything up to a number, and some beyond it. */
interface Had {
  upTo: number;
  readonly beyond: Set<number>;
  asking: Cancel | null;
}

export const createFeed = (deps: Deps): Feed => {
  const { list, figures, membership, fanout, peers, clock, timers, limits } = deps;
  const { self, isSolo } = membership;
  const hadByNode = new Map<NodeId, Had>();
  /** The newest of this node, the last of them being number `position`. */
  const kept: Followed[] = [];
  let position = 0;
  let toldUpTo = 0;
  let changedAt = -Infinity;
  let telling: Cancel | null = null;

  const others = () => membership.nodes.filter((node) => node !== self);
  const newest = (count: number) => kept.slice(kept.length - count);
  const tell = () => {
    telling = null;
    const count = position - toldUpTo;
    const first = toldUpTo + 1;
    toldUpTo = position;
    if (count > kept.length || others().length === 0) return;
    fanout.publish({ verb: 'followed', part: { node: self, first, changes: newest(count) } });
  };
  const keep = (change: Followed) => {
    if (isSolo) return;
    kept.push(change);
    position++;
    if (kept.length > limits.changesKeptMax * 2) kept.splice(0, kept.length - limits.changesKeptMax);
    changedAt = clock.monotonic();
    telling ??= timers.after(limits.feedEveryMs, tell);
  };

  const take = (change: Followed) => {
    if (change === 'unclear') figures().recount('another node does not know whether it has written');
    else figures().follow(change);
  };
  const startOver = (node: NodeId, at: number, why: string) => {
    const had = hadByNode.get(node);
    had?.asking?.();
    hadByNode.set(node, { upTo: at, beyond: new Set(), asking: null });
    figures().recount(why);
  };
  const ask = async (node: NodeId, had: Had) => {
    // What was missing may come by itself while it is asked for: the answer is numbered by the question.
    const after = had.upTo;
    const answer = (await peers.ask(node, { verb: 'missed', after })) as Missed | null;
    if (hadByNode.get(node) !== had) return;
    had.asking = null;
    if (!answer) return;
    if (answer.changes) receive({ node, first: after + 1, changes: answer.changes });
    else startOver(node, answer.position, 'too much of another node was missed');
  };
  /** Something before it is missing: it may be on its way. */
  const askSoon = (node: NodeId, had: Had) => {
    had.asking ??= timers.after(limits.feedPatienceMs, () => void ask(node, had));
  };
  const settle = (had: Had) => {
    while (had.beyond.delete(had.upTo + 1)) had.upTo++;
    if (had.beyond.size > 0 || !had.asking) return;
    had.asking();
    had.asking = null;
  };
  const hadOf = (node: NodeId): Had => {
    let had = hadByNode.get(node);
    // Of a node not heard before everything is missing: what the sums have seen already is not counted again.
    if (!had) hadByNode.set(node, (had = { upTo: 0, beyond: new Set(), asking: null }));
    return had;
  };
  const receive = ({ node, first, changes }: FeedPart) => {
    const had = hadOf(node);
    changes.forEach((change, i) => {
      const number = first + i;
      if (number <= had.upTo || had.beyond.has(number)) return;
      had.beyond.add(number);
      take(change);
    });
    settle(had);
    if (had.beyond.size > limits.changesKeptMax) startOver(node, Math.max(...had.beyond), 'too much was missed');
    else if (had.beyond.size > 0) askSoon(node, had);
  };

  return {
    committed({ mark, was, rows }) {
      const at = rows.findIndex(({ projection }) => projection === list);
      const row = rows[at];
      if (!row || isSameRow(row, was[at])) return;
      const change: ListChange = { mark, was: was[at]?.row ?? null, now: row.row };
      figures().follow(change);
      keep(change);
    },
    unclear() {
      figures().recount('it is not known whether something was written');
      keep('unclear');
    },
    hear: receive,
    hearPosition(node, at) {
      const had = hadOf(node);
      if (at > had.upTo) askSoon(node, had);
    },
    missedSince(after) {
      const count = position - after;
      return count <= kept.length ? { position, changes: newest(count) } : { position };
    },
    get position() {
      return position;
    },
    async prepare() {
      const isFirst = figures().tally === null;
      const unheard = others().filter((node) => isFirst || !hadByNode.has(node));
      await Promise.all(
        unheard.map(async (node) => {
          const answer = (await peers.ask(node, { verb: 'position' })) as { readonly position: number } | null;
          if (!answer) return;
          const had = hadOf(node);
          if (answer.position <= had.upTo) return;
          had.upTo = answer.position;
          for (const number of had.beyond) if (number <= had.upTo) had.beyond.delete(number);
          settle(had);
        }),
      );
    },
    nodeDown(node) {
      hadByNode.get(node)?.asking?.();
      hadByNode.delete(node);
      figures().recount('a node is gone');
    },
    beat() {
      if (clock.monotonic() - changedAt > limits.beaconKeepMs) return;
      for (const node of others()) peers.tell(node, { verb: 'stands', position });
    },
  };
};
