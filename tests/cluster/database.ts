/** One database, asked by several nodes, each question in a test's hands. */
import type { NodeId, Store } from '../../src/runtime/ports.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createLine } from './line.ts';
import type { Machine } from './machine.ts';

interface Question {
  readonly node: NodeId;
  readonly what: keyof Store;
  /** The room, or the first of several. */
  readonly room: string | undefined;
}
type Asking = (...about: never[]) => Promise<unknown>;

const roomOf = ([first]: readonly unknown[]): string | undefined => {
  if (typeof first === 'string') return first;
  if (Array.isArray(first)) return typeof first[0] === 'string' ? first[0] : undefined;
  const { heads, room } = first as { heads?: readonly { room: string }[]; room?: string };
  return heads ? heads[0]?.room : room;
};

export const createDatabase = () => {
  const journal = createMemoryStore({ rememberMax: 256 });
  const line = createLine<Question>();
  const answers = createLine<Question>();

  /** As that node reaches it. An answer waits while its machine is frozen. */
  const reachedBy = (node: NodeId, machine: Machine): Store => {
    const asked = Object.entries(journal as unknown as Record<string, Asking>)
      .filter(([, ask]) => typeof ask === 'function')
      .map(([what, ask]): [string, Asking] => [
        what,
        async (...about) => {
          await new Promise<void>((go, fail) =>
            line.pass({ node, what: what as keyof Store, room: roomOf(about) }, go, () =>
              fail(new Error('the database is away')),
            ),
          );
          const answer = await ask(...about);
          await new Promise<void>((go) => answers.pass({ node, what: what as keyof Store, room: roomOf(about) }, go));
          await new Promise<void>(machine.enter);
          return answer;
        },
      ]);
    return Object.fromEntries(asked) as unknown as Store;
  };
  return { ...line, answers, journal, reachedBy };
};
