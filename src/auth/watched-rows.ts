/** Rows of a table that are asked for all the time: kept in memory, and asked anew twice a second for what changed, whoever changed it. */
import { isDeepStrictEqual } from 'node:util';
import type { Cancel, Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';

export interface WatchedRows<Value> {
  /** Null: there is no such row, or what it said holds no more. */
  get(id: string): Promise<Value | null>;
  /** The same without waiting. Undefined: not in memory, ask `get`. */
  peek(id: string): Value | null | undefined;
  /** This node changed the row itself: known and told before the next look. */
  noticed(id: string, value: Value | null): void;
  /** Told after the database changed. Returns how to stop listening. */
  onChange(listener: (id: string, value: Value | null) => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

export interface WatchedRowsOptions<Row extends { readonly id: string }, Value> {
  readonly orm: Orm;
  /** `select … from …`, without conditions. The table has `id` and `changed_at`. */
  readonly select: string;
  readonly valueOf: (row: Row) => Value | null;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly cachedMax: number;
}

/** With what the question itself takes on a busy machine, well within the second in which a change is to take effect. */
const sweepMs = 500;
/** A change carries the time of its statement but is seen only once committed; committed this much later, it is still caught at once … */
const lateCommitMs = 60_000;
/** … and after that when its turn comes: each row in memory is read anew this often anyway. */
const reviewMs = 5 * 60_000;

export const createWatchedRows = <Row extends { readonly id: string }, Value>({
  orm,
  select,
  valueOf,
  clock,
  timers,
  log,
  cachedMax,
}: WatchedRowsOptions<Row, Value>): WatchedRows<Value> => {
  /** The least recently asked for first. */
  const knownById = new Map<string, { value: Value | null; reviewedAt: number }>();
  const loadingById = new Map<string, Promise<Value | null>>();
  const listeners = new Set<(id: string, value: Value | null) => void>();
  let sweptAt = clock.monotonic();
  let sweeping: Promise<void> | null = null;
  let cancel: Cancel | null = null;

  const rows = (where: string, values: readonly (string | number)[]) =>
    orm.em.getConnection().execute<Row[]>(`${select} where ${where}`, [...values], 'all');

  const load = async (id: string) => {
    const reviewedAt = clock.monotonic();
    const [row] = await rows('id = ?', [id]);
    // An unknown id is not kept: ids come out of signed tokens, so it hardly happens, and it must not fill the memory.
    if (!row) return null;
    const value = valueOf(row);
    knownById.set(id, { value, reviewedAt });
    if (knownById.size > cachedMax) for (const oldest of knownById.keys().take(1)) knownById.delete(oldest);
    return value;
  };

  const tell = (id: string, value: Value | null) => {
    for (const listener of listeners) listener(id, value);
  };
  const review = (id: string, value: Value | null, reviewedAt: number) => {
    const known = knownById.get(id);
    if (!known) return;
    known.reviewedAt = reviewedAt;
    if (isDeepStrictEqual(value, known.value)) return;
    known.value = value;
    tell(id, value);
  };

  const sweep = async () => {
    const now = clock.monotonic();
    const due = [...knownById].filter(([, { reviewedAt }]) => now - reviewedAt > reviewMs).map(([id]) => id);
    const changed = await rows(
      `id = any(?::uuid[]) and (changed_at > now() - make_interval(secs => ?) or id = any(?::uuid[]))`,
      [uuids([...knownById.keys()]), (now - sweptAt + lateCommitMs) / 1_000, uuids(due)],
    );
    sweptAt = now;
    const valuesById = new Map(changed.map((row) => [row.id, valueOf(row)]));
    for (const id of new Set([...valuesById.keys(), ...due])) review(id, valuesById.get(id) ?? null, now);
  };

  return {
    async get(id) {
      const known = knownById.get(id);
      if (known) {
        knownById.delete(id);
        knownById.set(id, known);
        return known.value;
      }
      let loading = loadingById.get(id);
      if (!loading) {
        loading = load(id).finally(() => loadingById.delete(id));
        loadingById.set(id, loading);
      }
      return loading;
    },
    peek: (id) => knownById.get(id)?.value,
    noticed(id, value) {
      const known = knownById.get(id);
      if (known) known.value = value;
      tell(id, value);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      cancel ??= timers.every(sweepMs, () => {
        if (sweeping || knownById.size === 0) return;
        sweeping = sweep()
          // What changed meanwhile is not lost: the next sweep looks further back.
          .catch((error: Error) =>
            log.warn({ reason: error.message }, 'could not ask which accounts or sessions changed'),
          )
          .finally(() => {
            sweeping = null;
          });
      });
    },
    async stop() {
      cancel?.();
      cancel = null;
      await sweeping;
    },
  };
};

/** As a Postgres array in one parameter, however many there are. Only ever ids the database itself gave. */
const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;
