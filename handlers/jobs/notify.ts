/** Delivers notices to the inboxes of those they concern. Ids follow from what happened, so a second delivery has no second effect. */
import type { Receivers } from '../../src/desk/receivers.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';
import { derivedId } from '../../src/runtime/command-hash.ts';
import { system } from '../../src/runtime/system.ts';
import type { Notify } from '../reactions/notify.ts';

export const deliverNotices = (rooms: RoomsApi, receivers: Receivers) => async (payload: unknown) => {
  const { about, seq, at, byId, told } = payload as Notify;
  const later: string[] = [];
  for (const { to, level, text, isAnswer } of told)
    for (const accountId of await receivers.of(to)) {
      if (accountId === byId && !isAnswer) continue;
      const room = `inbox/${accountId}`;
      // Somebody who is told for two reasons is told once.
      const id = derivedId(at, `${about} ${seq} notice ${accountId}`);
      const ack = await rooms.send({ room, id, name: 'notify', input: { id, level, text, about }, by: system });
      if (!ack.ok && (ack.retry === 'same-id' || ack.code === 'internal')) later.push(`${room}: ${ack.code}`);
    }
  // Thrown, so that the queue tries again; those who have been told are not told again.
  if (later.length > 0) throw new Error(later.slice(0, 3).join(', '));
};
