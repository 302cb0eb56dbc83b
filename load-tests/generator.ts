/** One client process, from the harness's side. What it says is kept until somebody wants to hear it. */
import { exited, forkNode, stopChild } from './children.ts';
import type { FromAgents, ToAgents } from './messages.ts';

type Kind = FromAgents['kind'];

export const startGenerator = (script: string) => {
  const child = forkNode(script);
  const heard = new Map<Kind, PromiseWithResolvers<FromAgents>>();
  const of = (kind: Kind) => {
    let said = heard.get(kind);
    if (!said) heard.set(kind, (said = Promise.withResolvers()));
    return said;
  };
  child.on('message', (message: FromAgents) => of(message.kind).resolve(message));
  const gone = exited(child).then((code): never => {
    throw new Error(`a client process ended with ${code}`);
  });
  gone.catch(() => {});
  return {
    say: (message: ToAgents) => void child.send(message),
    async hear<K extends Kind>(kind: K): Promise<Extract<FromAgents, { kind: K }>> {
      const said = await Promise.race([of(kind).promise, gone]);
      // The next one is another.
      heard.delete(kind);
      return said as Extract<FromAgents, { kind: K }>;
    },
    stop: () => stopChild(child, 2_000),
  };
};
