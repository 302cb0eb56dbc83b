/** What a room was and what happened in it, read from the journal. Takes no ownership and waits for no turn. */
import { type AnyRoom, type Caller, issuesOf } from '../../rooms/kit.ts';
import type { Refusal, Sight } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { EventsWanted, Log, Store, StoredEvent } from './ports.ts';
import { asWrittenNow, replay, Unreadable } from './replay.ts';
import { sharedView } from './shared-view.ts';
import { again, refusal } from './waiting.ts';

/** How a room stands, whole. For code that decides itself what of it may be told. */
export interface Stand {
  readonly ok: true;
  readonly seat: string;
  readonly epoch: number;
  readonly seq: number;
  readonly state: { readonly status: string };
}
/** Which events somebody may be told. */
export interface Telling {
  /** All, if none are named. */
  readonly types?: readonly string[] | undefined;
  isTold?(event: StoredEvent): boolean;
}
export interface PageOfEvents extends Stand {
  /** Newest first, as this version would have written them. */
  readonly events: readonly StoredEvent[];
  /** `before` of the page after this one; null: that was all. */
  readonly next: number | null;
}

export interface History {
  stand(room: string, by: Caller): Promise<Stand | Refusal>;
  /** What happened before a seq (or until now), as far as `telling` lets this seat know: full pages, and no hint of what is left out. */
  events(
    room: string,
    by: Caller,
    page: { readonly before?: number | undefined; readonly limit: number },
    telling: (stand: Stand) => Telling | Refusal,
  ): Promise<PageOfEvents | Refusal>;
  /**
   * The room as it stood after event `seq`. The caller needs a seat now and had to have one then, and is shown what both
   * seats see: neither a lost seat nor a later one opens more of the past than it would of the present.
   */
  at(room: string, by: Caller, seq: number): Promise<({ readonly ok: true } & Sight) | Refusal>;
}

interface Deps {
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly store: Pick<Store, 'read' | 'eventsOf'>;
  readonly log: Log;
  readonly limits: Pick<Limits, 'retryAfterMs'>;
}

/** Read and applied at once, so that a long past neither fills the memory nor holds up the rooms. */
const eventsAtOnce = 200;

export const createHistory = ({ register, store, log, limits }: Deps): History => {
  const declaredOf = (id: string): AnyRoom | Refusal => {
    const [kind = '', name] = id.split('/', 2);
    const declared = Object.hasOwn(register, kind) ? register[kind] : undefined;
    if (!declared) return refusal('not-found');
    const parsed = declared.name.safeParse(name);
    return parsed.success ? declared : refusal('invalid', { issues: issuesOf(parsed.error) });
  };

  const stand = async (id: string, declared: AnyRoom, by: Caller): Promise<Stand | Refusal> => {
    const stored = await store.read(id);
    if (!stored) return refusal('not-found');
    const { state } = replay(declared, stored);
    const seat: string | null = declared.seat(state, by);
    return seat === null ? refusal('not-found') : { ok: true, seat, epoch: stored.epoch, seq: stored.seq, state };
  };

  const stateAt = async (id: string, declared: AnyRoom, seq: number): Promise<{ readonly status: string }> => {
    let reached = { seq: 0, state: declared.initial as { status: string }, at: '' };
    while (reached.seq < seq) {
      const until = Math.min(reached.seq + eventsAtOnce, seq);
      const events = await store.eventsOf(id, { before: until + 1, limit: until - reached.seq });
      const snapshot = reached.seq === 0 ? null : { ...reached, version: declared.version };
      const { state, at } = replay(declared, {
        epoch: 0,
        seq: until,
        snapshot,
        tail: events.toReversed(),
        remembered: [],
      });
      reached = { seq: until, state, at };
    }
    return reached.state;
  };

  const eventsOf = async (id: string, declared: AnyRoom, wanted: EventsWanted): Promise<readonly StoredEvent[]> => {
    const events = await store.eventsOf(id, wanted);
    return events.map((event) => ({ ...event, ...asWrittenNow(declared, event) }));
  };

  const reading = async <A>(id: string, read: (declared: AnyRoom) => Promise<A | Refusal>): Promise<A | Refusal> => {
    const declared = declaredOf(id);
    if ('ok' in declared) return declared;
    try {
      return await read(declared);
    } catch (error) {
      log.error({ room: id, error: String(error) }, 'the past of a room could not be read');
      return error instanceof Unreadable ? refusal('room/unreadable') : again('unavailable', limits.retryAfterMs);
    }
  };

  return {
    stand: (id, by) => reading(id, (declared) => stand(id, declared, by)),
    events: (id, by, page, telling) =>
      reading(id, async (declared) => {
        const now = await stand(id, declared, by);
        if (!now.ok) return now;
        const chosen = telling(now);
        if ('ok' in chosen) return chosen;
        const atOnce = chosen.isTold ? eventsAtOnce : page.limit + 1;
        const told: StoredEvent[] = [];
        for (let before = page.before; told.length <= page.limit; ) {
          const events = await eventsOf(id, declared, { before, types: chosen.types, limit: atOnce });
          told.push(...(chosen.isTold ? events.filter(chosen.isTold) : events));
          if (events.length < atOnce) break;
          before = events.at(-1)!.seq;
        }
        const events = told.slice(0, page.limit);
        return { ...now, events, next: told.length > page.limit ? events.at(-1)!.seq : null };
      }),
    at: (id, by, seq) =>
      reading(id, async (declared) => {
        const now = await stand(id, declared, by);
        if (!now.ok) return now;
        if (seq > now.seq) return refusal('invalid', { issues: [{ path: 'at', message: `it stands at ${now.seq}` }] });
        const state = await stateAt(id, declared, seq);
        const seatThen: string | null = declared.seat(state, by);
        if (seatThen === null) return refusal('not-found');
        const [viewNow, viewThen] = [declared.view[now.seat], declared.view[seatThen]];
        const view = viewNow === viewThen ? viewNow(state) : sharedView(viewNow(state), viewThen(state));
        return { ok: true, seat: now.seat, epoch: now.epoch, seq, view, offers: [] };
      }),
  };
};
