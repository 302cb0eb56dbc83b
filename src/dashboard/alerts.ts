/** Claims that somebody should look at now: promises broken or about to be, and urgent ones that nobody has. */
import { openStatuses } from '../../rooms/claim/transitions.ts';
import type { Orm } from '../store/orm.ts';

export interface Alert {
  readonly kind: 'overdue' | 'due-soon' | 'unassigned';
  readonly id: string;
  readonly number: string | null;
  readonly status: string | null;
  readonly priority: string | null;
  readonly handlerId: string | null;
  /** What we promised by then; nothing for one that waits for a handler. */
  readonly target: string | null;
  readonly at: string | null;
}
export interface AlertsWanted {
  readonly now: string;
  /** Due before this is due soon. */
  readonly until: string;
  readonly limit: number;
}

const shown = `f.id, c.claim_number as number, f.status, f.priority, f.handler_id as "handlerId"`;
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** By the index over what is due; the longest overdue first. */
export const dueSql = `
  select case when f.due_at <= ?::timestamptz then 'overdue' else 'due-soon' end as kind, ${shown},
    f.due_target as target, ${instant('f.due_at')} as at
  from claim_figures f left join claims c on c.id = f.id
  where f.due_at is not null and f.due_at < ?::timestamptz order by f.due_at, f.id limit ?`;
/** By the index over what nobody has; the most urgent first, and of these the oldest. */
export const unassignedSql = `
  select 'unassigned' as kind, ${shown}, null as target, f.reported_on::text as at
  from claim_figures f left join claims c on c.id = f.id
  where f.in_hand_of is null and f.closed_on is null and f.priority in ('P1', 'P2') and f.status in (?)
  order by f.priority, f.reported_on, f.id limit ?`;

export const createAlerts = (orm: Orm) => {
  const read = (text: string, values: readonly unknown[]) =>
    orm.em.getConnection().execute<Alert[]>(text, [...values], 'all');
  return async ({
    now,
    until,
    limit,
  }: AlertsWanted): Promise<{ due: readonly Alert[]; unassigned: readonly Alert[] }> => {
    const [due, unassigned] = await Promise.all([
      read(dueSql, [now, until, limit]),
      read(unassignedSql, [openStatuses, limit]),
    ]);
    return { due, unassigned };
  };
};
export type Alerts = ReturnType<typeof createAlerts>;
