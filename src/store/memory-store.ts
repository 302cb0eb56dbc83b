/** The rooms' store in memory: the same promises as Postgres, for tests and simulation. Values are copied in and out, as a database would. */
import { createTally, type Row } from '../../rooms/tally.ts';
import type {
  Appended,
  Batch,
  DeadlineRow,
  EventRow,
  Job,
  SnapshotRow,
  Store,
  StoredEvent,
  StoredRoom,
} from '../runtime/ports.ts';

interface Head {
  epoch: number;
  seq: number;
  owner: string;
}
export interface MemoryStore extends Store {
  readonly heads: Map<string, Head>;
  readonly events: Map<string, EventRow[]>;
  readonly jobs: Job[];
}

export const createMemoryStore = ({ rememberMax }: { rememberMax: number }): MemoryStore => {
  const heads = new Map<string, Head>();
  const events = new Map<string, EventRow[]>();
  const snapshots = new Map<string, string>();
  const deadlines = new Map<string, DeadlineRow>();
  const lists = new Map<string, Map<string, string>>();
  const jobs: Job[] = [];
  let commits = 0;

  const load = (room: string): StoredRoom | null => {
    const head = heads.get(room);
    if (!head) return null;
    const kept = snapshots.has(room) ? (JSON.parse(snapshots.get(room)!) as SnapshotRow) : null;
    const snapshot = kept && { seq: kept.seq, version: kept.version, state: kept.state, at: kept.at };
    const all = events.get(room) ?? [];
    const firsts = all.filter((event) => event.commandId !== null);
    const remembered = firsts.map((event, i) => ({
      id: event.commandId!,
      hash: event.commandHash!,
      byId: event.byId,
      epoch: event.epoch,
      seq: (firsts[i + 1]?.seq ?? head.seq + 1) - 1,
    }));
    const tail = all.filter(({ seq }) => seq > (snapshot?.seq ?? 0)).map(storedEvent);
    return { epoch: head.epoch, seq: head.seq, snapshot, tail, remembered: remembered.slice(-rememberMax) };
  };

  const refusalOf = (batch: Batch): Appended | null => {
    const ids = new Set<string>();
    for (const { room, commandId, dataJson } of batch.events) {
      if (unstorable.test(dataJson)) return { kind: 'refused', isRepeat: false, reason: '22P05' };
      if (commandId === null) continue;
      const id = `${room} ${commandId}`;
      if (ids.has(id) || events.get(room)?.some((old) => old.commandId === commandId))
        return { kind: 'refused', isRepeat: true, reason: '23505' };
      ids.add(id);
    }
    return null;
  };

  return {
    heads,
    events,
    jobs,
    eventsOf: async (room, { before = Number.POSITIVE_INFINITY, types, limit }) =>
      (events.get(room) ?? [])
        .filter(({ seq, type }) => seq < before && (!types || types.includes(type)))
        .slice(-limit)
        .map(storedEvent)
        .reverse(),
    async activate(room, owner) {
      const head = heads.get(room);
      if (head) Object.assign(head, { epoch: head.epoch + 1, owner });
      return load(room);
    },
    read: async (room) => load(room),
    async append(batch) {
      const done = new Set<string>();
      for (const { room, epoch, lo, isNew } of batch.heads) {
        const head = heads.get(room);
        if (isNew ? !head : head?.epoch === epoch && head.seq === lo) done.add(room);
      }
      const refused = refusalOf({ ...batch, events: batch.events.filter(({ room }) => done.has(room)) });
      if (refused) return refused;
      for (const { room, epoch, hi } of batch.heads)
        if (done.has(room)) heads.set(room, { epoch, seq: hi, owner: heads.get(room)?.owner ?? batch.owner });
      for (const event of batch.events) {
        if (!done.has(event.room)) continue;
        const held = events.get(event.room);
        if (held) held.push(event);
        else events.set(event.room, [event]);
      }
      for (const { room, name } of batch.deadlinesCleared) if (done.has(room)) deadlines.delete(`${room} ${name}`);
      for (const row of batch.deadlinesSet) if (done.has(row.room)) deadlines.set(`${row.room} ${row.name}`, row);
      for (const { room, projection, row } of batch.rows) {
        if (!done.has(room)) continue;
        if (!lists.has(projection)) lists.set(projection, new Map());
        lists.get(projection)!.set(room, JSON.stringify(row));
      }
      jobs.push(...batch.jobs.filter(({ room }) => done.has(room)));
      return { kind: 'committed', rooms: done, mark: ++commits };
    },
    async ownersOf(rooms) {
      return [...new Set(rooms)].flatMap((room) => {
        const head = heads.get(room);
        return head ? [{ room, owner: head.owner, epoch: head.epoch }] : [];
      });
    },
    async findCommand(room, id) {
      const all = events.get(room) ?? [];
      const at = all.findIndex((event) => event.commandId === id);
      const event = all[at];
      if (!event) return null;
      const next = all.slice(at + 1).find(({ commandId }) => commandId !== null);
      return {
        id,
        hash: event.commandHash!,
        byId: event.byId,
        epoch: event.epoch,
        seq: next ? next.seq - 1 : all.at(-1)!.seq,
      };
    },
    async saveSnapshots(rows) {
      for (const row of rows) {
        const held = snapshots.get(row.room);
        if (!held || (JSON.parse(held) as SnapshotRow).seq < row.seq) snapshots.set(row.room, JSON.stringify(row));
      }
    },
    async deadlinesDue(until, limit) {
      const due = [...deadlines.values()].filter(({ at }) => at <= until);
      return due.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, limit);
    },
    async dropDeadline({ room, name, at }, seq) {
      const key = `${room} ${name}`;
      if (deadlines.get(key)?.at === at && (heads.get(room)?.seq ?? 0) === seq) deadlines.delete(key);
    },
    async sums(projection, cubes, firstDay) {
      const tally = createTally(cubes, firstDay);
      for (const json of lists.get(projection)?.values() ?? []) tally.count(JSON.parse(json) as Row, 1);
      const cells = Object.fromEntries(cubes.map(({ name }) => [name, [...tally.cells(name)]]));
      return { cells, seen: { below: commits + 1, from: commits + 1, except: [] } };
    },
  };
};

const storedEvent = ({ seq, type, version, dataJson, byId, bySeat, at }: EventRow): StoredEvent => {
  const data = JSON.parse(dataJson) as unknown;
  return { seq, type, version, data, byId, bySeat, at };
};

/** What jsonb does not take: the zero character, and half a surrogate pair (JSON writes a whole one unescaped). */
const unstorable = /\\u(0000|d[89a-f])/;
