/** Who is calling, as the database says now: kept in memory, and asked anew once a second for what changed. */
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { Cancel, Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';

export interface Callers {
  /** Null: there is no such account, or it is disabled. */
  get(accountId: string): Promise<Caller | null>;
  /** The same without waiting. Undefined: not in memory, ask `get`. */
  peek(accountId: string): Caller | null | undefined;
  /** Told after the database changed; null when the account may no longer do anything. Returns how to stop listening. */
  onChange(listener: (accountId: string, caller: Caller | null) => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

export interface CallersOptions {
  readonly orm: Orm;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly cachedMax?: number;
}

const sweepMs = 1_000;
/** A change carries the time of its statement but is seen only once committed; committed this much later, it is still caught at once … */
const lateCommitMs = 60_000;
/** … and after that when its turn comes: each account in memory is read anew this often anyway. */
const reviewMs = 5 * 60_000;

interface Known {
  caller: Caller | null;
  reviewedAt: number;
}

export const createCallers = ({ orm, clock, timers, log, cachedMax = 10_000 }: CallersOptions): Callers => {
  /** The least recently asked for first. */
  const knownById = new Map<string, Known>();
  const loadingById = new Map<string, Promise<Caller | null>>();
  const listeners = new Set<(accountId: string, caller: Caller | null) => void>();
  let sweptAt = clock.monotonic();
  let sweeping: Promise<void> | null = null;
  let cancel: Cancel | null = null;

  const select = (where: string, values: readonly (string | number)[]) =>
    orm.em.getConnection().execute<AccountRow[]>(`${columns} where ${where}`, [...values], 'all');

  const load = async (accountId: string) => {
    const reviewedAt = clock.monotonic();
    const [account] = await select('id = ?', [accountId]);
    // An unknown id is not kept: ids come out of signed tokens, so it hardly happens, and it must not fill the memory.
    if (!account) return null;
    const caller = callerOf(account);
    knownById.set(accountId, { caller, reviewedAt });
    if (knownById.size > cachedMax) for (const oldest of knownById.keys().take(1)) knownById.delete(oldest);
    return caller;
  };

  const review = (accountId: string, caller: Caller | null, reviewedAt: number) => {
    const known = knownById.get(accountId);
    if (!known) return;
    known.reviewedAt = reviewedAt;
    if (isDeepStrictEqual(caller, known.caller)) return;
    known.caller = caller;
    for (const listener of listeners) listener(accountId, caller);
  };

  const sweep = async () => {
    const now = clock.monotonic();
    const due = [...knownById].filter(([, { reviewedAt }]) => now - reviewedAt > reviewMs).map(([id]) => id);
    const accounts = await select(
      `id = any(?::uuid[]) and (changed_at > now() - make_interval(secs => ?) or id = any(?::uuid[]))`,
      [uuids([...knownById.keys()]), (now - sweptAt + lateCommitMs) / 1_000, uuids(due)],
    );
    sweptAt = now;
    const callersById = new Map(accounts.map((account) => [account.id, callerOf(account)]));
    for (const id of new Set([...callersById.keys(), ...due])) review(id, callersById.get(id) ?? null, now);
  };

  return {
    async get(accountId) {
      const known = knownById.get(accountId);
      if (known) {
        knownById.delete(accountId);
        knownById.set(accountId, known);
        return known.caller;
      }
      let loading = loadingById.get(accountId);
      if (!loading) {
        loading = load(accountId).finally(() => loadingById.delete(accountId));
        loadingById.set(accountId, loading);
      }
      return loading;
    },
    peek: (accountId) => knownById.get(accountId)?.caller,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      cancel ??= timers.every(sweepMs, () => {
        if (sweeping || knownById.size === 0) return;
        sweeping = sweep()
          // What changed meanwhile is not lost: the next sweep looks further back.
          .catch((error: Error) => log.warn({ reason: error.message }, 'could not ask which accounts changed'))
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

interface AccountRow {
  readonly id: string;
  readonly customer_id: string | null;
  readonly agent_id: string | null;
  readonly roles: string[];
  readonly reserve_limit: string;
  readonly payment_limit: string;
  /** What custom roles hold; a change of one of them is a change of the account, see migrations. */
  readonly granted: string[];
  readonly is_disabled: boolean;
}
const columns = `select id, customer_id, agent_id, roles, reserve_limit, payment_limit, disabled_at is not null as is_disabled,
                        array(select distinct unnest(r.permissions) from roles r where r.name = any(accounts.roles)) as granted
                   from accounts`;

const callerOf = (account: AccountRow): Caller | null =>
  account.is_disabled
    ? null
    : entitled(
        {
          accountId: account.id,
          ...(account.customer_id !== null && { customerId: account.customer_id }),
          ...(account.agent_id !== null && { agentId: account.agent_id }),
          roles: account.roles,
          limits: { reserve: Number(account.reserve_limit), payment: Number(account.payment_limit) },
        },
        account.granted,
      );

/** As a Postgres array in one parameter, however many there are. Only ever ids the database itself gave. */
const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;
