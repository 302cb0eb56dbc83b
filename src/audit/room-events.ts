/**
 * Takes what happened in rooms into the audit, beside the journal and never before it: commands cost no second write. What
 * this node's journal committed is looked at every second, and all rooms are compared every minute, so nothing is left out
 * whoever dies when: a room's events are numbered without a hole, and here is kept how far each one has come.
 */
import type { Limits } from '../limits.ts';
import type { Cancel, Log, Store, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { appendBodies } from './append.ts';
import { bodyOf } from './entry.ts';
import type { Origins } from './origins.ts';
import { digestSql } from './digest.ts';

interface Options {
  readonly orm: Orm;
  readonly origins: Origins;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<
    Limits,
    'auditBatchMax' | 'auditFlushMs' | 'auditRoomsEveryMs' | 'auditSweepEveryMs' | 'drainMs'
  >;
}
export interface RoomAudit {
  /** The same store; what it commits is remembered. */
  watch(store: Store): Store;
  start(): void;
  /** Takes in what is left. */
  stop(): Promise<void>;
}

/** Any number, as long as nothing else in this database locks it: nodes take turns. */
const roomsLock = 4_217_003;
const roomsAtOnce = 1_000;

export const createRoomAudit = ({ orm, origins, timers, log, limits }: Options): RoomAudit => {
  const changed = new Set<string>();
  const cancels: Cancel[] = [];
  let working: Promise<void> | null = null;
  let isStopped = false;
  let isTimeUp = false;
  const pause = () => new Promise<void>((resolve) => void timers.after(limits.auditFlushMs, resolve));

  /** How many events it took; fewer than a batch: that was all of these rooms. */
  const takeIn = (rooms: readonly string[]): Promise<number> =>
    orm.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [roomsLock]);
      const events = await em.execute<EventRow[]>(eventsSql, [
        JSON.stringify(rooms),
        limits.auditBatchMax,
        limits.auditBatchMax,
        limits.auditBatchMax,
      ]);
      if (events.length === 0) return 0;
      const reached = new Map(events.map(({ room, seq }) => [room, Number(seq)]));
      await em.execute(
        `insert into audit_room (room, seq) select room, seq from json_to_recordset(?::json) as r(room text, seq bigint)
         on conflict (room) do update set seq = excluded.seq`,
        [JSON.stringify([...reached].map(([room, seq]) => ({ room, seq })))],
      );
      await appendBodies(em, events.map(entryOf));
      return events.length;
    });

  const entryOf = (event: EventRow): string =>
    bodyOf(
      {
        action: `${event.room.split('/', 1)[0]}.${event.type}`,
        actor: event.by_id,
        seat: event.by_seat,
        object: event.room,
        after: event.data,
        ...behalfOf(event),
        ...(event.correlation_id !== null && { correlationId: event.correlation_id }),
      },
      origins.of(event.correlation_id ?? ''),
      event.at,
      { at: event.at, seq: Number(event.seq), digest: event.digest },
    );

  const work = async () => {
    while (changed.size > 0 && !isTimeUp) {
      const rooms = [...changed.keys().take(roomsAtOnce)];
      for (const room of rooms) changed.delete(room);
      try {
        // Years of events, as after an upgrade, come in beside the living server, not before it.
        while (!isTimeUp && (await takeIn(rooms)) === limits.auditBatchMax) if (!isStopped) await pause();
      } catch (error) {
        for (const room of rooms) changed.add(room);
        throw error;
      }
    }
  };
  const sweep = async () => {
    for (let after = ''; ; ) {
      const behind = await orm.em.fork().execute<{ room: string }[]>(behindSql, [after, roomsAtOnce]);
      for (const { room } of behind) changed.add(room);
      await work();
      if (behind.length < roomsAtOnce || isStopped) return;
      after = behind.at(-1)!.room;
    }
  };
  const turn = (run: () => Promise<void>) => () => {
    working ??= run()
      .catch((error: Error) => log.warn({ reason: error.message }, 'the audit could not be brought up to the rooms'))
      .finally(() => {
        working = null;
      });
  };

  return {
    watch: (store) => ({
      ...store,
      async append(batch, abort) {
        const appended = await store.append(batch, abort);
        if (batch.events.length > 0 && appended.kind === 'committed')
          for (const { room, lo, hi } of batch.heads) if (hi > lo && appended.rooms.has(room)) changed.add(room);
        return appended;
      },
    }),
    start() {
      cancels.push(
        timers.every(limits.auditRoomsEveryMs, turn(work)),
        timers.every(limits.auditSweepEveryMs, turn(sweep)),
      );
      turn(sweep)();
    },
    async stop() {
      isStopped = true;
      for (const cancel of cancels.splice(0)) cancel();
      // What is left then, the next start brings.
      const late = timers.after(limits.drainMs, () => {
        isTimeUp = true;
      });
      await working;
      await work().catch((error: Error) =>
        log.warn({ reason: error.message }, 'the next start brings the audit up to the rooms'),
      );
      late();
    },
  };
};

/** Somebody else opens a claim for its holder. */
const behalfOf = ({ data, by_seat: seat }: EventRow) => {
  const holderId = (data as { holderId?: unknown } | null)?.holderId;
  return seat !== 'holder' && typeof holderId === 'string' ? { onBehalf: `customer/${holderId}` } : {};
};

interface EventRow {
  readonly room: string;
  readonly seq: string;
  readonly type: string;
  readonly data: unknown;
  readonly by_id: string;
  readonly by_seat: string;
  readonly at: string;
  readonly correlation_id: string | null;
  readonly digest: string;
}
/** Of as many of these rooms as fill a batch; one far behind does not make every batch read all of it. */
const eventsSql = `
  with pending as (
    select r.room, coalesce(a.seq, 0) as seq,
           coalesce(sum(h.seq - coalesce(a.seq, 0)) over (order by r.room rows between unbounded preceding and 1 preceding), 0)
             as before
      from json_array_elements_text(?::json) as r(room) join room_head h using (room) left join audit_room a using (room)
     where h.seq > coalesce(a.seq, 0)
  )
  select e.room, e.seq, e.type, e.data, e.by_id, e.by_seat, e.correlation_id, ${digestSql('e')} as digest,
         to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from pending p
   cross join lateral (
     select * from room_event v where v.room = p.room and v.seq > p.seq order by v.seq limit ?
   ) e
   where p.before < ?
   order by e.at, e.room, e.seq limit ?`;
const behindSql = `
  select h.room from room_head h left join audit_room a using (room)
   where h.seq > coalesce(a.seq, 0) and h.room > ? order by h.room limit ?`;
