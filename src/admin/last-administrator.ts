/** Somebody must be able to let people in: the last account that can is neither disabled nor loses its role. */
import type { EntityManager } from '../store/orm.ts';

/** Any number, as long as nothing else in this database locks it. */
const administratorsLock = 4_217_004;

/** After the change, in its transaction: of two who disable each other the second finds nobody left. */
export const isAdministratorLeft = async (em: Pick<EntityManager, 'execute'>): Promise<boolean> => {
  await em.execute('select pg_advisory_xact_lock(?)', [administratorsLock]);
  const [row] = await em.execute<{ is_left: boolean }[]>(
    `select exists (select from accounts
                     where 'administrator' = any(roles) and disabled_at is null
                       and (password_hash is not null or external_id is not null)) as is_left`,
  );
  return row?.is_left === true;
};
