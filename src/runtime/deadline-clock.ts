/** Looks for what has fallen due and sends it as the system. The rows are the truth; this only reads them often enough. */
import type { Limits } from '../limits.ts';
import { derivedId } from './command-hash.ts';
import type { Host } from './host.ts';
import type { Clock, DeadlineRow, Log, Store } from './ports.ts';
import { system } from './system.ts';

interface Deps {
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  /** Every node looks; each room's deadlines are the business of one. */
  isMine(room: string): boolean;
  /** Has the room's owner fire it. */
  pass(deadline: DeadlineRow): Promise<void>;
}

/** How long a deadline that could not be fired rests before it is tried again. */
const snoozeMs = 30_000;
const othersMax = 10_000;

export const createDeadlineClock = ({ store, host, clock, log, limits, isMine, pass }: Deps) => {
  let isLooking = false;
  /** Rows that could not be fired, and until when (monotonic) they are left alone: they must not keep the others waiting. */
  const snoozed = new Map<string, number>();
  /** Overdue rows that were another node's business when last looked: they must not hide ours behind them. */
  let others = 0;
  const keyOf = ({ room, name, at }: DeadlineRow) => `${room} ${name} ${at}`;
  const snooze = (row: DeadlineRow) => void snoozed.set(keyOf(row), clock.monotonic() + snoozeMs);

  return {
    async look() {
      if (isLooking) return;
      isLooking = true;
      try {
        for (const [key, until] of snoozed) if (until <= clock.monotonic()) snoozed.delete(key);
        const until = new Date(clock.now()).toISOString();
        const due = await store.deadlinesDue(until, limits.deadlinesPerPollMax + snoozed.size + others);
        const mine = due.filter(({ room }) => isMine(room));
        others = Math.min(due.length - mine.length, othersMax);
        await Promise.all(mine.filter((row) => !snoozed.has(keyOf(row))).map(pass));
      } catch (error) {
        log.warn({ error: String(error) }, 'deadlines could not be looked at');
      } finally {
        isLooking = false;
      }
    },
    /** As the room's owner. */
    async fire(row: DeadlineRow) {
      const { room, name, at } = row;
      if (snoozed.has(keyOf(row))) return;
      const due = await host.due(room, name, at);
      if (due === 'later') return snooze(row);
      const { deadline, seq } = due;
      if (!deadline) return store.dropDeadline(row, seq);
      // The id follows from the row, so two nodes that see the same row have one effect.
      const ack = await host.send({
        room,
        id: derivedId(at, `${room} ${name} ${at}`),
        name: deadline.command,
        input: deadline.input,
        by: system,
        // Somebody may act at the last moment: then it is asked again whether anything is due.
        expectedSeq: seq,
      });
      if (!ack.ok && ack.code === 'stale') return;
      if (ack.ok && !ack.repeated) return; // its own append cleared the row
      // A defect will be mended and an outage will end; the deadline must still be there then.
      if (!ack.ok && (ack.retry === 'same-id' || ack.code === 'internal' || ack.code === 'room/unreadable'))
        return snooze(row);
      if (!ack.ok) log.warn({ room, deadline: name, code: ack.code }, 'a deadline was refused by its room');
      await store.dropDeadline(row, seq);
    },
  };
};
