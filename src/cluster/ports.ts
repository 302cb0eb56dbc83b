/**
 * What many nodes need of the world to share the rooms among them. None of it is trusted with safety: whatever these ports
 * lose, delay or get wrong, the epoch in the journal decides whose writes count. They only make the question rare.
 */
import type { NodeId } from '../runtime/ports.ts';

export type { NodeId };

/** Who is at work. Each node has its own view, and two views may differ for a while. */
export interface Membership {
  readonly self: NodeId;
  /** There is no other node, and will be none: set up so. Knowing of no other is not the same. */
  readonly isSolo: boolean;
  /** The nodes that take rooms, sorted; this one is among them until it leaves. */
  readonly nodes: readonly NodeId[];
  onChange(tell: () => void): void;
  /** Takes no more rooms. Others learn of it soon; messages still reach this node. */
  leave(): Promise<void>;
}

/** Who owned a room when somebody last said so. */
export interface Hint {
  readonly owner: NodeId;
  readonly epoch: number;
}
/** A shared note board of owners. May be slow, empty, outdated or away (then a promise rejects). */
export interface Hints {
  find(room: string): Promise<Hint | null>;
  /** Says that this node owns these rooms. A note of a greater epoch stays. Notes lapse unless they are said again. */
  note(rooms: readonly { readonly room: string; readonly epoch: number }[]): Promise<void>;
  /** Takes this node's own notes of these epochs back. */
  drop(rooms: readonly { readonly room: string; readonly epoch: number }[]): Promise<void>;
}

/** connecting: never reached yet. up: messages go through. down: was reached, or should have been long ago. */
export type LinkState = 'connecting' | 'up' | 'down';
/** Node to node. Messages are JSON. Nothing is buffered for a link that is not up: what cannot be sent now is lost. */
export interface Mesh {
  stateOf(node: NodeId): LinkState;
  /** Resolves with the other's answer; rejects when the link is not up or goes down. May never settle: callers have timeouts. */
  ask(node: NodeId, message: object): Promise<unknown>;
  /** No answer, and no word if it is lost. */
  tell(node: NodeId, message: object): void;
  /** What this node answers, and does with what it is told. Its promise never rejects. */
  serve(handle: (from: NodeId, message: object) => Promise<unknown>): void;
  /** A link came up, or went down (closed by the other side, or silent for too long). */
  onLink(tell: (node: NodeId, state: 'up' | 'down') => void): void;
}

/** One message to every other node: at most once each, in no order. */
export interface Fanout {
  readonly isUp: boolean;
  publish(message: object): void;
  onMessage(hear: (message: object) => void): void;
}

/** All four, as one node has them. */
export interface ClusterPorts {
  readonly membership: Membership;
  readonly hints: Hints;
  readonly mesh: Mesh;
  readonly fanout: Fanout;
}
