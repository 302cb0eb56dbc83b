/** Who is to be told, by account: whoever a record belongs to, or everybody whose roles allow something. */
import { builtInRoles, type Grantable, type Permission } from '../../rooms/permissions.ts';
import type { Limits } from '../limits.ts';
import type { Orm } from '../store/orm.ts';

type Receiver =
  | { readonly customerId: string }
  | { readonly agentId: string }
  | { readonly accountId: string }
  | { readonly permission: Permission };

export interface Receivers {
  of(receiver: Receiver): Promise<readonly string[]>;
}

const rolesWith = (permission: Permission): string[] =>
  Object.entries<readonly Grantable[]>(builtInRoles).flatMap(([role, held]) =>
    held.includes(permission as Grantable) ? [role] : [],
  );

export const createReceivers = (orm: Orm, limits: Pick<Limits, 'noticeReceiversMax'>): Receivers => {
  const select = async (where: string, values: readonly string[]) => {
    const rows = await orm.em
      .getConnection()
      .execute<{ id: string }[]>(
        `select id from accounts where disabled_at is null and (${where}) order by id limit ?`,
        [...values, limits.noticeReceiversMax],
        'all',
      );
    return rows.map(({ id }) => id);
  };
  return {
    of(to) {
      if ('accountId' in to) return select('id = ?::uuid', [to.accountId]);
      if ('customerId' in to) return select('customer_id = ?::uuid', [to.customerId]);
      if ('agentId' in to) return select('agent_id = ?::uuid', [to.agentId]);
      return select('roles && ?::text[] or roles && array(select name from roles where ? = any(permissions))', [
        `{${rolesWith(to.permission).join(',')}}`,
        to.permission,
      ]);
    },
  };
};
