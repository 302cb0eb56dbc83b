/**
 * One node's mesh. A link is made to every member seen and to whoever says hello, and is up while hellos come back: only a
 * round trip shows that both directions work. It is forgotten when it has long been down and its node is no member.
 */
import type { Clock, Timers } from '../runtime/ports.ts';
import { createLink, type Link } from './memory-link.ts';
import type { Mesh, NodeId } from './ports.ts';

export const helloEveryMs = 1_000;
/** Longer than a dead node stays on the board: a link that is named there once more would begin, and fail, once more. */
const forgetAfterMs = 10_000;

/** What passes between two nodes. */
export type Frame =
  | { readonly kind: 'hello' | 'hello-back' }
  | { readonly kind: 'tell'; readonly message: object }
  | { readonly kind: 'ask'; readonly number: number; readonly message: object }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown };

interface Deps {
  readonly timers: Timers;
  readonly clock: Clock;
  send(to: NodeId, frame: Frame): void;
}
export interface MemoryMesh extends Mesh {
  hear(from: NodeId, frame: Frame): void;
  follow(members: readonly NodeId[]): void;
  /** That node died, and its system says so. */
  reset(node: NodeId): void;
  stop(): void;
}

export const createMemoryMesh = ({ timers, clock, send }: Deps): MemoryMesh => {
  const links = new Map<NodeId, Link>();
  const listeners: ((node: NodeId, state: 'up' | 'down') => void)[] = [];
  let members: readonly NodeId[] | null = null;
  let asks = 0;
  let handle: (from: NodeId, message: object) => Promise<unknown> = () => new Promise(() => {});

  const open = (node: NodeId) => {
    const tell = (state: 'up' | 'down') => {
      for (const listener of listeners) listener(node, state);
    };
    links.set(node, createLink({ timers, clock, tell }));
    send(node, { kind: 'hello' });
  };
  const beat = () => {
    for (const [node, { state, heardAt }] of links) {
      const isOld = state === 'down' && clock.monotonic() - heardAt >= forgetAfterMs;
      if (isOld && members?.includes(node) === false) links.delete(node);
      else send(node, { kind: 'hello' });
    }
  };
  // Before the first look at the board nobody can be missed.
  const stateOf = (node: NodeId) => links.get(node)?.state ?? (members ? 'down' : 'connecting');
  const stop = timers.every(helloEveryMs, beat);

  return {
    stateOf,
    ask(node, message) {
      const link = links.get(node);
      if (link?.state !== 'up') return Promise.reject(new Error(`the link to ${node} is not up`));
      const number = ++asks;
      const answer = link.awaitAnswer(number);
      send(node, { kind: 'ask', number, message });
      return answer;
    },
    tell(node, message) {
      if (stateOf(node) === 'up') send(node, { kind: 'tell', message });
    },
    serve(serving) {
      handle = serving;
    },
    onLink: (tell) => void listeners.push(tell),
    hear(from, frame) {
      switch (frame.kind) {
        case 'hello':
          if (!links.has(from)) open(from);
          return send(from, { kind: 'hello-back' });
        case 'hello-back':
          return links.get(from)?.heard();
        case 'tell':
          return void handle(from, frame.message);
        case 'ask':
          return void handle(from, frame.message).then((answer) =>
            send(from, { kind: 'answer', number: frame.number, answer }),
          );
        case 'answer':
          return links.get(from)?.answered(frame.number, frame.answer);
      }
    },
    follow(seen) {
      members = seen;
      for (const node of seen) if (!links.has(node)) open(node);
    },
    reset: (node) => links.get(node)?.close(),
    stop() {
      stop();
      listeners.length = 0;
    },
  };
};
