/** Lists as somebody likes to look at them: a name, where it belongs, and the filter. Each is its owner's alone. */
import { randomUUIDv7 } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Orm } from '../store/orm.ts';

export interface SavedView {
  readonly id: string;
  /** The list it is of, such as `claims`. */
  readonly place: string;
  readonly name: string;
  /** Parameters of that list, as one would send them. */
  readonly query: Readonly<Record<string, string>>;
}
export type SavedAs =
  | { readonly ok: true; readonly view: SavedView }
  | { readonly ok: false; readonly code: 'view/too-many' | 'view/name-taken' | 'not-found'; readonly details?: object };

export interface SavedViews {
  list(accountId: string): Promise<readonly SavedView[]>;
  add(accountId: string, view: Omit<SavedView, 'id'>): Promise<SavedAs>;
  change(accountId: string, view: SavedView): Promise<SavedAs>;
  remove(accountId: string, id: string): Promise<boolean>;
}

export const createSavedViews = (orm: Orm, perAccountMax: number): SavedViews => {
  const query = <R extends object>(sql: string, values: readonly (string | number)[]) =>
    orm.em.fork().execute<R[]>(sql, [...values]);
  const saved = async (rows: Promise<SavedView[]>, none: Extract<SavedAs, { ok: false }>): Promise<SavedAs> => {
    try {
      const [view] = await rows;
      return view ? { ok: true, view } : none;
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) return { ok: false, code: 'view/name-taken' };
      throw error;
    }
  };
  return {
    list: (accountId) =>
      query<SavedView>(`select ${columns} from saved_views where account_id = ? order by place, name`, [accountId]),
    add: (accountId, { place, name, query: filter }) =>
      saved(
        query<SavedView>(
          `insert into saved_views (id, account_id, place, name, query) select ?, ?, ?, ?, ?::jsonb
            where (select count(*) from saved_views where account_id = ?) < ? returning ${columns}`,
          [randomUUIDv7(), accountId, place, name, JSON.stringify(filter), accountId, perAccountMax],
        ),
        { ok: false, code: 'view/too-many', details: { limit: perAccountMax } },
      ),
    change: (accountId, { id, place, name, query: filter }) =>
      saved(
        query<SavedView>(
          `update saved_views set place = ?, name = ?, query = ?::jsonb, changed_at = now()
            where id = ? and account_id = ? returning ${columns}`,
          [place, name, JSON.stringify(filter), id, accountId],
        ),
        { ok: false, code: 'not-found' },
      ),
    async remove(accountId, id) {
      return (
        (await query('delete from saved_views where id = ? and account_id = ? returning 1', [id, accountId])).length > 0
      );
    },
  };
};
const columns = 'id, place, name, query';
