/**
 * Seats anew whoever lost a seat without asking to: the owner died, let go of the room, or was overtaken, or the caller's rights
 * changed. They were taken out of their groups at once, are asked for as often as it takes, and then start afresh.
 */
import type { Limits } from '../limits.ts';
import type { Seated } from '../runtime/change.ts';
import type { Log, Meter, NodeId, Tell, Timers } from '../runtime/ports.ts';
import { createSlots } from '../runtime/slots.ts';
import type { Router } from './router.ts';
import { greet, seat, type Sitting, unseatAll } from './sitting.ts';

export interface Regain {
  /** What an owner said of some watchers (their tickets) becomes what is known here. False: something newer is known already. */
  admit(sitting: Sitting, asked: ReadonlyMap<string, number>, seated: Seated): boolean;
  /** Asks for the seats of all who have none. */
  seats(sitting: Sitting, pauseMs?: number): void;
  /** Nobody's seat is certain any more. */
  startOver(sitting: Sitting, pauseMs?: number): void;
  close(): void;
}
interface Deps {
  readonly router: Router;
  readonly tell: Tell;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  random(): number;
  nextTicket(): number;
  /** It has no seat: sent out, and told so. */
  unseat(sitting: Sitting, watcherId: string): void;
  tellLeft(room: string, owner: NodeId, watcherId: string): void;
}

export const createRegain = ({
  router,
  tell,
  timers,
  meter,
  limits,
  random,
  log,
  nextTicket,
  unseat,
  tellLeft,
}: Deps): Regain => {
  const inTurn = createSlots(limits.regainsAtOnceMax);
  let isClosed = false;

  const admit: Regain['admit'] = (sitting, asked, seated) => {
    const { owner, epoch, seating, seats } = seated;
    if (epoch < sitting.epoch || (epoch === sitting.epoch && seating < sitting.seating)) return false;
    const isNews = epoch > sitting.epoch || seating > sitting.seating;
    // The others' seats are those of an older seating.
    if (isNews && sitting.epoch > 0) unseatAll(sitting, tell);
    Object.assign(sitting, { owner, epoch, seating });
    for (const [id, ticket] of asked) {
      if (sitting.watchers.get(id)?.ticket === ticket) seat(sitting, id, seats[id] ?? null, seated, tell);
    }
    if (isNews) void regain(sitting, 0);
    return true;
  };

  /** Whoever is joining waits for an answer of its own. */
  const unseated = ({ watchers }: Sitting) => [...watchers].filter(([, here]) => here.seat === null && !here.isJoining);

  const regain = async (sitting: Sitting, firstPauseMs: number) => {
    if (sitting.isRegaining) return;
    sitting.isRegaining = true;
    let pauseMs = firstPauseMs;
    while (!isClosed && unseated(sitting).length > 0) {
      const ms = pauseMs;
      if (ms > 0) await new Promise<void>((resolve) => void timers.after(ms, resolve));
      await inTurn(() => askForSeats(sitting)).catch((error: unknown) =>
        log.error({ room: sitting.room, error: String(error) }, 'watchers could not be seated anew'),
      );
      pauseMs = Math.min(limits.retryAfterMs + pauseMs * 2, limits.regainPauseMsMax) * (0.5 + random() / 2);
    }
    sitting.isRegaining = false;
  };

  const askForSeats = async (sitting: Sitting) => {
    const asked = new Map<string, number>();
    const next = unseated(sitting).slice(0, limits.watchersPerMessageMax);
    const sitters = next.map(([id, watcher]) => {
      watcher.ticket = nextTicket();
      asked.set(id, watcher.ticket);
      return { id, by: watcher.by, ticket: watcher.ticket };
    });
    if (sitters.length === 0) return;
    const reply = await router.sit(sitting.room, sitters, true);
    const current = [...asked.keys()].filter((id) => sitting.watchers.get(id)?.ticket === asked.get(id));
    // Whoever has left meanwhile was seated all the same.
    if (reply.ok) for (const id of asked.keys()) if (!sitting.watchers.has(id)) tellLeft(sitting.room, reply.owner, id);
    if (!reply.ok) {
      // There is nothing true to show any more: they are sent out, and may try again.
      if (reply.retry === 'no') for (const id of current) unseat(sitting, id);
      return;
    }
    if (!admit(sitting, asked, reply)) return;
    meter.cluster('regained');
    const newly = current.filter((id) => reply.seats[id]);
    greet(sitting, newly, reply.sights, tell);
    for (const id of current) if (!reply.seats[id]) unseat(sitting, id);
  };

  return {
    admit,
    seats: (sitting, pauseMs = 0) => void regain(sitting, pauseMs),
    startOver(sitting, pauseMs = 0) {
      unseatAll(sitting, tell);
      void regain(sitting, pauseMs);
    },
    close() {
      isClosed = true;
    },
  };
};
