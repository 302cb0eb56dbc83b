/** All that passes between the nodes of a cluster, in a test's hands. */
import type { MemoryClusterOptions } from '../../src/cluster/memory-cluster.ts';
import type { NodeId } from '../../src/runtime/ports.ts';
import { createLine } from './line.ts';
import type { Machine } from './machine.ts';

export interface Letter {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: 'hello' | 'hello-back' | 'tell' | 'ask' | 'answer' | 'news';
  /** Of what is said; an answer has that of its question. */
  readonly verb: string;
  readonly message: object;
}
interface Frame {
  readonly kind: Letter['kind'];
  readonly number?: number;
  readonly message?: { readonly verb: string };
}

export const createPost = (machines: ReadonlyMap<NodeId, Machine>) => {
  const line = createLine<Letter>();
  const asked = new Map<string, string>();

  const carry: MemoryClusterOptions['carry'] = (from, to, message, deliver) => {
    const { kind, number, message: said } = message as Frame;
    if (kind === 'ask') asked.set(`${from} ${to} ${number}`, said!.verb);
    const verb = kind === 'answer' ? asked.get(`${to} ${from} ${number}`)! : (said?.verb ?? kind);
    const copy = JSON.stringify(message);
    const arrive = () => machines.get(to)?.enter(() => deliver(JSON.parse(copy) as object));
    line.pass({ from, to, kind, verb, message: JSON.parse(copy) as object }, () => queueMicrotask(arrive));
  };
  return {
    ...line,
    carry,
    /** Nothing passes between the two, in either direction. */
    cut(one: { readonly id: NodeId }, other: { readonly id: NodeId }) {
      const mends = [line.lose({ from: one.id, to: other.id }), line.lose({ from: other.id, to: one.id })];
      return () => {
        for (const mend of mends) mend();
      };
    },
    /** The node is there, but not heard on the mesh: neither what it asks nor what it answers. News passes. */
    silence({ id }: { readonly id: NodeId }) {
      const kinds = ['hello', 'hello-back', 'tell', 'ask', 'answer'] as const;
      const ends = kinds.flatMap((kind) => [line.hold({ kind, from: id }), line.hold({ kind, to: id })]);
      return () => {
        for (const end of ends) end();
      };
    },
  };
};
export type Post = ReturnType<typeof createPost>;
