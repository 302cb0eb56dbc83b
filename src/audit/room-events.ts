/**
 * Takes what happened in rooms into the audit, beside the journal and never before it: commands cost no second write. What
 * this node's journal committed is looked at every second, and all rooms are compared every minute, so nothing is left out
 * whoever dies when: a room's events are numbered without a hole, and here is kept how far each one has come.
 */
import type { Limits } from '../limits.ts';
import type { Cancel, Log, Store, Timers } from '../runtime/ports.ts';
import { bodyOf } from './entry.ts';
import type { Origins } from './origins.ts';
import { createRoomShelf, type EventRow } from './room-shelf.ts';

interface Options {
  readonly databaseUrl: string;
  readonly origins: Origins;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<
    Limits,
    | 'auditRoomEventsMax'
    | 'auditRoomsPauseMs'
    | 'auditRoomsEveryMs'
    | 'auditSweepEveryMs'
    | 'commitTimeoutMs'
    | 'drainMs'
  >;
}
export interface RoomAudit {
  /** The same store; what it commits is remembered. */
  watch(store: Store): Store;
  start(): void;
  /** Takes in what is left. */
  stop(): Promise<void>;
}

const roomsAtOnce = 1_000;

export const createRoomAudit = ({ databaseUrl, origins, timers, log, limits }: Options): RoomAudit => {
  const shelf = createRoomShelf({ databaseUrl, timeoutMs: limits.commitTimeoutMs, log });
  const changed = new Set<string>();
  const cancels: Cancel[] = [];
  let working: Promise<void> | null = null;
  let isStopped = false;
  let isTimeUp = false;
  const pause = () => new Promise<void>((resolve) => void timers.after(limits.auditRoomsPauseMs, resolve));

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

  /** Of what changed until now. What changes meanwhile waits for its own turn: taken at once, it would come in ever smaller portions. */
  const work = async () => {
    for (let left = changed.size; left > 0 && !isTimeUp; ) {
      const rooms = [...changed.keys().take(Math.min(left, roomsAtOnce))];
      left -= rooms.length;
      for (const room of rooms) changed.delete(room);
      try {
        // Years of events, as after an upgrade, come in beside the living server, not before it.
        while (
          !isTimeUp &&
          (await shelf.takeIn(rooms, limits.auditRoomEventsMax, entryOf)) === limits.auditRoomEventsMax
        )
          if (!isStopped) await pause();
      } catch (error) {
        for (const room of rooms) changed.add(room);
        throw error;
      }
    }
  };
  const sweep = async () => {
    for (let after = ''; ; ) {
      const behind = await shelf.behind(after, roomsAtOnce);
      for (const room of behind) changed.add(room);
      await work();
      if (behind.length < roomsAtOnce || isStopped) return;
      after = behind.at(-1)!;
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
      await shelf.close();
    },
  };
};

/** Somebody else opens a claim for its holder. */
const behalfOf = ({ data, by_seat: seat }: EventRow) => {
  const holderId = (data as { holderId?: unknown } | null)?.holderId;
  return seat !== 'holder' && typeof holderId === 'string' ? { onBehalf: `customer/${holderId}` } : {};
};
