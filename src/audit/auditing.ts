/** The audit put together: what writes it, what reads it, and where it watches. */
import type { SecurityEvent } from '../auth/security-events.ts';
import type { Limits } from '../limits.ts';
import type { RoomsApi } from '../runtime/api.ts';
import type { Clock, Log, Store, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { createAudit } from './audit.ts';
import { createOrigins } from './origins.ts';
import { createAuditReader } from './read.ts';
import { createRoomAudit } from './room-events.ts';
import { watchDoors } from './rooms-door.ts';
import { watchRequests } from './requests.ts';

interface Deps {
  readonly databaseUrl: string;
  readonly orm: Orm;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
}

export const createAuditing = (deps: Deps) => {
  const audit = createAudit(deps);
  const origins = createOrigins(deps.limits.auditOriginsMax);
  const roomAudit = createRoomAudit({ ...deps, origins });
  return {
    audit,
    reader: createAuditReader(deps.orm),
    watchStore: (store: Store) => roomAudit.watch(store),
    watchRooms: (rooms: RoomsApi) => watchDoors(rooms, audit, origins),
    requests: watchRequests(audit),
    /** What happens around logins. What one person does to the account of another is recorded by whoever lets them. */
    security: ({ event, accountId, byId, sessionId, detail }: SecurityEvent) => {
      if (byId !== undefined) return;
      audit.record({
        action: event,
        outcome: /_fail|_lock$|_reuse|_exceeded/.test(event) ? 'refused' : 'done',
        ...(accountId !== undefined && { actor: accountId, object: `account/${accountId}` }),
        details: { ...(sessionId !== undefined && { session: sessionId }), ...(detail !== undefined && { detail }) },
      });
    },
    sockets: {
      connected: () => audit.recordSeldom({ action: 'socket_connect' }),
      flooded: () => audit.record({ action: 'excess_rate_limit_exceeded', outcome: 'refused' }),
    },
    start() {
      audit.start();
      roomAudit.start();
    },
    /** When nothing more can happen. */
    async stop() {
      await roomAudit.stop();
      await audit.stop();
    },
  };
};
export type Auditing = ReturnType<typeof createAuditing>;
