/** The caller the runtime itself is: deadlines and reactions sit as `system`. */
import type { Caller } from '../../rooms/kit.ts';
import { systemPermissions } from '../../rooms/permissions.ts';

export const system: Caller = {
  accountId: 'system',
  roles: ['system'],
  permissions: systemPermissions,
  limits: { reserve: Number.MAX_SAFE_INTEGER, payment: Number.MAX_SAFE_INTEGER },
};
