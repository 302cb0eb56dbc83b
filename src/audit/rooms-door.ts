/** The doors into the rooms, watched: who knocks where and is turned away is recorded, and where each command came from is remembered. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { RoomsApi } from '../runtime/api.ts';
import { system } from '../runtime/system.ts';
import type { Audit } from './audit.ts';
import { isUndecided } from './entry.ts';
import { originNow } from './origin.ts';
import type { Origins } from './origins.ts';

/** Of these nobody can tell which it was, and neither do we: a room one may not see is like one that is not there. */
const notAllowed = new Set(['forbidden', 'not-found', 'unauthorized']);

export const watchDoors = (rooms: RoomsApi, audit: Pick<Audit, 'recordSeldom'>, origins: Origins): RoomsApi => {
  const refused = (refusal: Refusal, object: string, what: string, actor: string) => {
    // What the system tries by itself it tries again; nobody is turned away.
    if (actor === system.accountId) return;
    const { code } = refusal;
    if (isUndecided(code)) return;
    const isDenied = notAllowed.has(code);
    const action = isDenied ? 'authz_fail' : `${object.split('/', 1)[0]}.${what}`;
    audit.recordSeldom({ action, outcome: 'refused', code, object, actor, ...(isDenied && { details: { what } }) });
  };
  return {
    ...rooms,
    async send(ask) {
      const origin = originNow();
      if (origin) origins.remember(origin);
      const correlationId = ask.correlationId ?? origin?.correlationId;
      const ack = await rooms.send(correlationId === undefined ? ask : { ...ask, correlationId });
      if (!ack.ok) refused(ack, ask.room, ask.name.slice(0, 60), ask.by.accountId);
      else if (origin) origin.isRecorded = true;
      return ack;
    },
    async sit(room, watcher) {
      const seated = await rooms.sit(room, watcher);
      if (!seated.ok) refused(seated, room, 'join', watcher.by.accountId);
      return seated;
    },
    async read(room, by) {
      const sight = await rooms.read(room, by);
      if (!sight.ok) refused(sight, room, 'read', by.accountId);
      return sight;
    },
  };
};
