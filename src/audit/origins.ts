/** Remembers for a while where commands came from, by their correlation id; an event of a room knows only that id. */
import type { Origin } from './origin.ts';

export interface Origins {
  remember(origin: Origin): void;
  of(correlationId: string): Origin | undefined;
}

export const createOrigins = (most: number): Origins => {
  /** The least recently seen first. */
  const byId = new Map<string, Origin>();
  return {
    remember(origin) {
      byId.delete(origin.correlationId);
      byId.set(origin.correlationId, origin);
      if (byId.size > most) for (const oldest of byId.keys().take(1)) byId.delete(oldest);
    },
    of: (correlationId) => byId.get(correlationId),
  };
};
