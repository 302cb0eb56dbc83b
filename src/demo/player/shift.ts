/** The demo's agents come to work, show that they are there, and see to what they are told. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from './person.ts';

interface Edges {
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

export const keepShift = async (people: readonly Person[], { everyMs, signal }: Edges): Promise<void> => {
  const agents = people.filter(({ caller: { agentId, permissions } }) => agentId && permissions.includes('desk.work'));
  while (!signal.aborted) {
    for (const agent of agents) {
      const room = `session/${agent.caller.agentId}`;
      // Each is refused where it is not the time: they are there already, or have nothing to see to.
      for (const name of ['start', 'stillHere', 'acknowledge']) {
        if (signal.aborted) return;
        await agent.ask(room, name, {});
      }
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
};
