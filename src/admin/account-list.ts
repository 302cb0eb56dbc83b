/** Accounts for those who look after them: found by name, address, role and state, page by page in the order of names. */
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';
import type { Orm } from '../store/orm.ts';

export const states = ['active', 'disabled', 'invited'] as const;
export type State = (typeof states)[number];

export interface ListedAccount {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly customerId: string | null;
  readonly agentId: string | null;
  readonly limits: { readonly reserve: number; readonly payment: number };
  readonly state: State;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}
export interface AccountsWanted {
  /** The beginning of a word of the name, or of the address. */
  readonly q?: string | undefined;
  readonly role?: string | undefined;
  readonly state?: State | undefined;
  readonly after?: AccountCursor | undefined;
  readonly limit: number;
}
const Cursor = z.tuple([z.string().max(200), Uuid]);
export type AccountCursor = z.output<typeof Cursor>;
export const accountCursorText = (cursor: AccountCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');
export const readAccountCursor = (text: string): AccountCursor | null => {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

export interface AccountList {
  page(
    wanted: AccountsWanted,
  ): Promise<{ readonly accounts: readonly ListedAccount[]; readonly next: AccountCursor | null }>;
  find(id: string): Promise<ListedAccount | null>;
}

export const createAccountList = (orm: Orm): AccountList => ({
  async page({ q, role, state, after, limit }) {
    const parts: string[] = [];
    const values: (string | number)[] = [];
    const add = (sql: string, ...given: readonly (string | number)[]) => {
      parts.push(sql);
      values.push(...given);
    };
    if (q !== undefined) {
      const start = `${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      add(
        `(a.email like ? or lower(a.display_name) like ? or lower(a.display_name) like ?)`,
        start,
        start,
        `% ${start}`,
      );
    }
    if (role !== undefined) add('? = any(a.roles)', role);
    if (state !== undefined) add(`${stateSql} = ?`, state);
    if (after) add('(lower(a.display_name), a.id) > (?, ?::uuid)', ...after);
    const where = parts.length > 0 ? `where ${parts.join(' and ')}` : '';
    const rows = await orm.em
      .fork()
      .execute<Row[]>(`${columns} ${where} order by lower(a.display_name), a.id limit ?`, [...values, limit + 1]);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { accounts: rows.slice(0, limit).map(listed), next: last ? [last.sort, last.id] : null };
  },
  async find(id) {
    const [row] = await orm.em.fork().execute<Row[]>(`${columns} where a.id = ?`, [id]);
    return row ? listed(row) : null;
  },
});

interface Row {
  readonly id: string;
  readonly sort: string;
  readonly email: string;
  readonly display_name: string;
  readonly roles: string[];
  readonly customer_id: string | null;
  readonly agent_id: string | null;
  readonly reserve_limit: string;
  readonly payment_limit: string;
  readonly state: State;
  readonly created_at: Date;
  readonly seen_at: Date | null;
}
const stateSql = `case when a.disabled_at is not null then 'disabled'
                       when a.password_hash is null and a.invited_at is not null then 'invited' else 'active' end`;
const columns = `
  select a.id, lower(a.display_name) as sort, a.email, a.display_name, a.roles, a.customer_id, a.agent_id, a.reserve_limit,
         a.payment_limit, a.created_at, ${stateSql} as state,
         (select max(s.seen_at) from sessions s where s.account_id = a.id) as seen_at
    from accounts a`;
const listed = (row: Row): ListedAccount => ({
  id: row.id,
  email: row.email,
  displayName: row.display_name,
  roles: row.roles,
  customerId: row.customer_id,
  agentId: row.agent_id,
  limits: { reserve: Number(row.reserve_limit), payment: Number(row.payment_limit) },
  state: row.state,
  createdAt: new Date(row.created_at).toISOString(),
  lastSeenAt: row.seen_at && new Date(row.seen_at).toISOString(),
});
