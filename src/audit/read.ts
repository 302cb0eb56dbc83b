/** The audit, newest first: page by page for the screen, in parts for an export. */
import type { Orm } from '../store/orm.ts';
import { z } from 'zod';

export interface AuditWanted {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly object?: string | undefined;
  readonly outcome?: 'done' | 'refused' | 'failed' | undefined;
  readonly correlation?: string | undefined;
  /** From this instant on, and before that. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly after?: AuditCursor | undefined;
  readonly limit: number;
}
const Cursor = z.tuple([z.iso.datetime({ precision: 3 }), z.string().regex(/^\d{4}-\d{2}$/), z.int().positive()]);
export type AuditCursor = z.output<typeof Cursor>;

export interface AuditRow {
  readonly chain: string;
  readonly n: string;
  readonly at: string;
  readonly body: string;
  readonly hash: string;
}
export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly next: AuditCursor | null;
}

export const auditCursorText = (cursor: AuditCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');
/** Null: none of ours. */
export const readAuditCursor = (text: string): AuditCursor | null => {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

export interface AuditReader {
  page(wanted: AuditWanted): Promise<AuditPage>;
}

export const createAuditReader = (orm: Orm): AuditReader => ({
  async page(wanted) {
    const { where, values } = conditions(wanted);
    const found = await orm.em.getConnection().execute<AuditRow[]>(
      `select chain, n, at, body, encode(hash, 'hex') as hash from audit_entry
       ${where} order by at desc, chain desc, n desc limit ?`,
      [...values, wanted.limit + 1],
      'all',
    );
    const rows = found.slice(0, wanted.limit);
    const last = found.length > wanted.limit ? rows.at(-1) : undefined;
    return { rows, next: last ? [last.at, last.chain, Number(last.n)] : null };
  },
});

const conditions = ({ actor, action, object, outcome, correlation, since, until, after }: AuditWanted) => {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...given: readonly (string | number | undefined)[]) => {
    if (given.some((value) => value === undefined)) return;
    parts.push(sql);
    values.push(...(given as (string | number)[]));
  };
  add('actor = ?', actor);
  // `claim.` is all that happens to claims.
  if (action?.endsWith('.')) add(`action >= ? and action < ?`, action, `${action.slice(0, -1)}/`);
  else add('action = ?', action);
  add('object = ?', object);
  add(outcome === 'done' ? 'outcome = ?' : `outcome <> 'done' and outcome = ?`, outcome);
  add('correlation = ?', correlation);
  add('at >= ?', since);
  add('at < ?', until);
  if (after) add('(at, chain, n) < (?, ?, ?)', ...after);
  return { where: parts.length > 0 ? `where ${parts.join(' and ')}` : '', values };
};
