/** What people are called. For those whose seat may know it. */
import { Uuid } from '../../rooms/values.ts';
import type { Orm } from '../store/orm.ts';

/** Ids without an account (the system’s, for one) have no entry. */
export interface Names {
  ofAccounts(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  ofAgents(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>;
}

export const createNames = (orm: Orm): Names => {
  const namesBy = (column: 'id' | 'agent_id') => async (ids: Iterable<string>) => {
    const known = [...new Set(ids)].filter((id) => Uuid.safeParse(id).success);
    if (known.length === 0) return new Map<string, string>();
    const rows = await orm.em
      .getConnection()
      .execute<{ id: string; name: string }[]>(
        `select ${column} as id, display_name as name from accounts where ${column} in (?)`,
        [known],
        'all',
      );
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  return { ofAccounts: namesBy('id'), ofAgents: namesBy('agent_id') };
};
