/** Does the server really work as the role that cannot rewrite history? A pooler in between may have dropped the start option. */
import { appRole } from './app-url.ts';
import type { Orm } from './orm.ts';

export const assertAppRole = async (orm: Orm): Promise<void> => {
  const [row] = await orm.em.getConnection().execute<{ role: string }[]>('select current_user as role');
  if (row?.role === appRole) return;
  throw new Error(
    `The database gave us the role "${row?.role}" instead of "${appRole}": connect to it directly, or through a pooler that passes start options.`,
  );
};
