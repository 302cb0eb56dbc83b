/** A claim is over: what the diary still has of it need not be done. */
import type { Activities } from '../../src/desk/activities.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import { derivedId } from '../../src/runtime/command-hash.ts';
import { system } from '../../src/runtime/system.ts';

export const cancelActivities =
  (rooms: RoomsApi, activities: Pick<Activities, 'openOf'>) => async (payload: unknown) => {
    const { claimId, seq, at } = payload as { claimId: string; seq: number; at: string };
    for (const activityId of await activities.openOf(claimId)) {
      const room = `activity/${activityId}`;
      const id = derivedId(at, `${room} of ${claimId} ${seq}`);
      const ack = await rooms.send({ room, id, name: 'cancel', input: { why: 'The claim is over.' }, by: system });
      // Thrown, so that the queue tries again.
      if (!ack.ok && ack.retry === 'same-id') throw new Error(`${room}: ${ack.code}`);
    }
  };
