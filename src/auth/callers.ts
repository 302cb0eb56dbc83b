/** Who is calling, as the database says now. */
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { createWatchedRows, type WatchedRows } from './watched-rows.ts';

/** Null: there is no such account, or it is disabled. */
export type Callers = Omit<WatchedRows<Caller>, 'noticed'>;

export interface CallersOptions {
  readonly orm: Orm;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly cachedMax?: number;
}

export const createCallers = ({ cachedMax = 10_000, ...options }: CallersOptions): Callers =>
  createWatchedRows({ ...options, select: columns, valueOf: callerOf, cachedMax });

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
