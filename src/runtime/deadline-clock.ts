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

export const createDeadlineClock = ({ store, host, rooms, clock, log, limits }: Deps) => {
  let isLooking = false;

  const fire = async (row: DeadlineRow) => {
    const { room, name, at } = row;
    const deadline = await host.due(room, name, at);
    if (deadline === 'later') return;
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
    if (!ack.ok && ack.retry === 'same-id') return;
    if (!ack.ok) log.warn({ room, deadline: name, code: ack.code }, 'a deadline was refused by its room');
    await store.dropDeadline(row);
  };

  return {
    async look() {
      if (isLooking) return;
      isLooking = true;
      try {
        const due = await store.deadlinesDue(new Date(clock.now()).toISOString(), limits.deadlinesPerPollMax);
        await Promise.all(due.map(fire));
      } catch (error) {
        log.warn({ error: String(error) }, 'deadlines could not be looked at');
      } finally {
        isLooking = false;
      }
    },
  };
};
