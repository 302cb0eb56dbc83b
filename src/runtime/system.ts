/** The caller the runtime itself is: deadlines and reactions sit as `system`. */
import type { Caller } from '../../rooms/kit.ts';

export const system: Caller = {
  accountId: 'system',
  roles: ['system'],
  limits: { reserve: Number.MAX_SAFE_INTEGER, payment: Number.MAX_SAFE_INTEGER },
};
