/** Many turns, one statement: merges entries into what the store writes, one head per room, sorted so that two nodes lock in one order. */
import type { Entry } from './journal.ts';
import type { Batch, DeadlineRow, EventRow, Head, Job, ProjectionRow } from './ports.ts';

export interface MergedBatch extends Batch {
  /** The last entry of each room: the one that knows the state the room stands at afterwards. */
  readonly lastEntries: readonly Entry[];
}

export const batchOf = (owner: string, entries: readonly Entry[]): MergedBatch => {
  const heads = new Map<string, Head>();
  const last = new Map<string, Entry>();
  const rows = new Map<string, ProjectionRow>();
  const events: EventRow[] = [];
  const jobs: Job[] = [];
  // A later turn of the same room overrules an earlier one: set after clear is set, clear after set is cleared.
  const deadlines = new Map<string, { room: string; name: string; at: string | null }>();
  for (const entry of entries) {
    const { room, hi } = entry.head;
    const first = heads.get(room);
    heads.set(room, first ? { ...first, hi } : entry.head);
    last.set(room, entry);
    events.push(...entry.events);
    jobs.push(...entry.jobs);
    for (const row of entry.rows) rows.set(`${row.projection} ${room}`, row);
    for (const { name } of entry.deadlinesCleared) deadlines.set(`${room} ${name}`, { room, name, at: null });
    for (const { name, at } of entry.deadlinesSet) deadlines.set(`${room} ${name}`, { room, name, at });
  }
  const changes = [...deadlines.values()];
  const lastEntries = [...last.values()];
  return {
    owner,
    heads: [...heads.values()].sort((a, b) => (a.room < b.room ? -1 : 1)),
    events,
    rows: [...rows.values()],
    deadlinesSet: changes.filter((change): change is DeadlineRow => change.at !== null),
    deadlinesCleared: changes.filter(({ at }) => at === null),
    jobs,
    lastEntries,
  };
};
