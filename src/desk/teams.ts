/** Which team each agent is in, those who have left included: looked up at the start and every few seconds, and at once after a change on this node. */
import type { Limits } from '../limits.ts';
import type { Teams } from '../runtime/boards.ts';
import type { Cancel, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';

interface Options {
  readonly orm: Orm;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<Limits, 'teamsEveryMs'>;
}
export interface LiveTeams extends Teams {
  /** An agent's record has changed. */
  changed(): void;
  start(): void;
  stop(): void;
}

export const createTeams = ({ orm, timers, log, limits }: Options): LiveTeams => {
  let teams: ReadonlyMap<string, string> = new Map();
  const listeners: (() => void)[] = [];
  let cancel: Cancel | null = null;

  const isSame = (now: ReadonlyMap<string, string>) =>
    now.size === teams.size && [...now].every(([id, team]) => teams.get(id) === team);
  const look = async () => {
    try {
      const rows = await orm.em
        .fork()
        .execute<{ id: string; department: string }[]>(`select id, department from agents where department <> ''`);
      const now = new Map(rows.map(({ id, department }) => [id, department]));
      if (isSame(now)) return;
      teams = now;
      for (const tell of listeners) tell();
    } catch (error) {
      log.warn({ error: String(error) }, 'who is in which team could not be looked up; trying again');
    }
  };

  return {
    of: (agentId) => teams.get(agentId) ?? null,
    onMoved: (tell) => void listeners.push(tell),
    changed: () => void look(),
    start() {
      cancel = timers.every(limits.teamsEveryMs, () => void look());
      void look();
    },
    stop: () => cancel?.(),
  };
};
