/** Looks for what has fallen due and sends it as the system. The rows are the truth; this only reads them often enough. */
import type { Limits } from '../limits.ts';
import type { RoomsApi } from './api.ts';
import { derivedId } from './command-hash.ts';
import type { Host } from './host.ts';
import type { Clock, DeadlineRow, Log, Store } from './ports.ts';
import { system } from './system.ts';

interface Deps {
  readonly store: Store;
  readonly host: Host;
  readonly rooms: RoomsApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
}

/** How long a deadline that could not be fired rests before it is tried again. */
const snoozeMs = 30_000;

export const createDeadlineClock = ({ store, host, rooms, clock, log, limits }: Deps) => {
  let isLooking = false;
  /** Rows that could not be fired, and until when (monotonic) they are left alone: they must not keep the others waiting. */
  const snoozed = new Map<string, number>();
  const keyOf = ({ room, name, at }: DeadlineRow) => `${room} ${name} ${at}`;
  const snooze = (row: DeadlineRow) => void snoozed.set(keyOf(row), clock.monotonic() + snoozeMs);

  const fire = async (row: DeadlineRow) => {
    const { room, name, at } = row;
    const deadline = await host.due(room, name, at);
    if (deadline === 'later') return snooze(row);
    if (deadline === 'gone') return store.dropDeadline(row);
    // The id follows from the row, so two nodes that see the same row have one effect.
    const ack = await rooms.send({
      room,
      id: derivedId(at, `${room} ${name} ${at}`),
      name: deadline.command,
      input: deadline.input,
      by: system,
    });
    if (ack.ok && !ack.repeated) return; // its own append cleared the row
    // A defect will be mended and an outage will end; the deadline must still be there then.
    if (!ack.ok && (ack.retry === 'same-id' || ack.code === 'internal' || ack.code === 'room/unreadable'))
      return snooze(row);
    if (!ack.ok) log.warn({ room, deadline: name, code: ack.code }, 'a deadline was refused by its room');
    await store.dropDeadline(row);
  };

  return {
    async look() {
      if (isLooking) return;
      isLooking = true;
      try {
        for (const [key, until] of snoozed) if (until <= clock.monotonic()) snoozed.delete(key);
        const until = new Date(clock.now()).toISOString();
        const due = await store.deadlinesDue(until, limits.deadlinesPerPollMax + snoozed.size);
        await Promise.all(due.filter((row) => !snoozed.has(keyOf(row))).map(fire));
      } catch (error) {
        log.warn({ error: String(error) }, 'deadlines could not be looked at');
      } finally {
        isLooking = false;
      }
    },
  };
};
