/** Pages of the claims list, by keyset: a page begins where the one before ended, however many rows came or moved since. */
import type { Orm } from '../store/orm.ts';
import type { Cursor, SortName } from './claim-cursor.ts';
import type { ClaimFilter } from './claim-filter.ts';
import type { ClaimScope } from './claim-scope.ts';
import { searchQuery } from './search-words.ts';

/** As asked, with `me` and the cursor made out. */
export type ClaimsWanted = Omit<ClaimFilter, 'after' | 'count'> & { readonly after?: Cursor | undefined };
export interface ClaimListRow {
  readonly id: string;
  readonly number: string | null;
  readonly status: string;
  readonly priority: string | null;
  readonly peril: string | null;
  readonly policyNumber: string | null;
  readonly incidentDate: string | null;
  readonly handlerId: string | null;
  readonly customerId: string;
  readonly currency: string | null;
  readonly reserve: string | null;
  readonly payable: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly seq: string;
}
export interface ClaimsPage {
  readonly rows: readonly ClaimListRow[];
  readonly next: Cursor | null;
}
export interface ClaimList {
  page(wanted: ClaimsWanted, scope: ClaimScope): Promise<ClaimsPage>;
  /** How many match, up to `countMax`. */
  count(wanted: ClaimsWanted, scope: ClaimScope): Promise<number>;
}

/** Counting further would cost more than anybody learns from it. */
export const countMax = 10_000;

interface Sort {
  readonly by: string;
  readonly type: string;
  readonly direction: 'asc' | 'desc';
  /** What the index knows of the key, when that is less than the key; the rest is put in order within a page. */
  readonly about?: { readonly column: string; of(key: string): string };
}
/** The generated column `updated_about`: a second of a claim's events is one index entry. */
const updatedAbout = {
  column: 'updated_about',
  of: (instant: string) => `date_bin('1 second', ${instant}, '2000-01-01T00:00:00Z')`,
};
/** By which expression; the indexes are made of the very same. */
const sorts: Record<SortName, Sort> = {
  '-updatedAt': { by: 'updated_at', type: 'timestamptz', direction: 'desc', about: updatedAbout },
  updatedAt: { by: 'updated_at', type: 'timestamptz', direction: 'asc', about: updatedAbout },
  '-createdAt': { by: 'created_at', type: 'timestamptz', direction: 'desc' },
  number: { by: `coalesce(claim_number, '~') collate "C"`, type: 'text', direction: 'asc' },
  priority: { by: `coalesce(priority, 'P9')`, type: 'text', direction: 'asc' },
  '-reserve': { by: 'coalesce(reserve_amount, -1)', type: 'bigint', direction: 'desc' },
};

const instant = (column: string, fraction: 'MS' | 'US') =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.${fraction}"Z"')`;
const columns = `
  id, claim_number as number, status, priority, peril, policy_number as "policyNumber",
  to_char(incident_date at time zone 'UTC', 'YYYY-MM-DD') as "incidentDate", handler_id as "handlerId",
  customer_id as "customerId", currency, reserve_amount::text as reserve, payable_amount::text as payable,
  ${instant('created_at', 'MS')} as "createdAt", ${instant('updated_at', 'MS')} as "updatedAt", seq::text as seq`;

type Value = string | number | readonly string[];
interface Sql {
  readonly text: string;
  readonly values: readonly Value[];
}

export const pageSql = (wanted: ClaimsWanted, scope: ClaimScope): Sql => {
  const { by, type, direction, about } = sorts[wanted.sort];
  const { conditions, values } = matching(wanted, scope);
  const ordered = [...(about ? [about.column] : []), by, 'id'];
  if (wanted.after) {
    const { key, id } = wanted.after;
    const ended = [...(about ? [about.of(`?::${type}`)] : []), `?::${type}`, '?::uuid'];
    conditions.push(`(${ordered.join(', ')}) ${direction === 'asc' ? '>' : '<'} (${ended.join(', ')})`);
    values.push(...(about ? [key] : []), key, id);
  }
  const key = type === 'timestamptz' ? instant(by, 'US') : `(${by})::text`;
  return {
    text: `select ${columns}, ${key} as key from claims where ${conditions.join(' and ')}
           order by ${ordered.map((part) => `${part} ${direction}`).join(', ')} limit ?`,
    values: [...values, wanted.limit + 1],
  };
};

export const countSql = (wanted: ClaimsWanted, scope: ClaimScope): Sql => {
  const { conditions, values } = matching(wanted, scope);
  return {
    text: `select count(*)::int as n from (select from claims where ${conditions.join(' and ')} limit ?) found`,
    values: [...values, countMax],
  };
};

const matching = (wanted: ClaimsWanted, scope: ClaimScope) => {
  const conditions = ['not is_discarded'];
  const values: Value[] = [];
  const where = (condition: string, ...given: readonly Value[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (scope.of === 'customer') where('customer_id = ?', scope.customerId);
  if (scope.of === 'assessor') where('assigned_assessor_id = ?', scope.agentId);
  if (wanted.status) where('status in (?)', wanted.status);
  if (wanted.priority) where(`coalesce(priority, 'P9') in (?)`, wanted.priority);
  if (wanted.peril) where('peril in (?)', wanted.peril);
  if (wanted.handler === 'none') where('handler_id is null');
  else if (wanted.handler) where('handler_id = ?', wanted.handler);
  if (wanted.holder) where('customer_id = ?', wanted.holder);
  if (wanted.policy) where('upper(policy_number) = upper(?)', wanted.policy);
  if (wanted.from) where('incident_date >= ?::timestamptz', `${wanted.from}T00:00:00Z`);
  if (wanted.to) where(`incident_date < ?::timestamptz + interval '24 hours'`, `${wanted.to}T00:00:00Z`);
  if (wanted.updatedSince) {
    const since = wanted.updatedSince;
    where(`updated_about >= ${updatedAbout.of('?::timestamptz')} and updated_at >= ?::timestamptz`, since, since);
  }
  if (wanted.q !== undefined) {
    const query = searchQuery(wanted.q, scope.of === 'all');
    if (query === null) where('false');
    else where('id in (select s.id from claim_search s where s.lexemes @@ ?::tsquery)', query);
  }
  return { conditions, values };
};

export const createClaimList = (orm: Orm): ClaimList => {
  const read = <Row>({ text, values }: Sql) => orm.em.getConnection().execute<Row[]>(text, [...values], 'all');
  return {
    async page(wanted, scope) {
      const rows = await read<ClaimListRow & { readonly key: string }>(pageSql(wanted, scope));
      const last = rows[wanted.limit - 1];
      const isMore = rows.length > wanted.limit;
      return {
        rows: rows.slice(0, wanted.limit),
        next: isMore && last ? { sort: wanted.sort, key: last.key, id: last.id } : null,
      };
    },
    async count(wanted, scope) {
      const [row] = await read<{ n: number }>(countSql(wanted, scope));
      return row?.n ?? 0;
    },
  };
};
