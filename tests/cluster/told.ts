/** What a watcher was told, short enough to compare: a step of its seat, a fresh start, or that it is out. */
import assert from 'node:assert/strict';
import { settle, step } from '../../client/sight.ts';
import type { JoinAck, RoomPatch, Sight } from '../../rooms/protocol.ts';

export const brief = (message: RoomPatch): string => {
  if (message.seat === null) return 'out';
  const { seat, epoch, seq } = message;
  return 'view' in message ? `fresh ${seat} ${epoch}:${seq}` : `${seat} ${epoch}:${message.from}-${seq}`;
};
/** Without what a client ignores because it has been told as much already. */
export const taken = (messages: readonly RoomPatch[]): readonly RoomPatch[] => {
  let at = { epoch: 0, seq: 0 };
  return messages.filter((message) => {
    if (message.seat === null) return true;
    const isOld = message.epoch < at.epoch || (message.epoch === at.epoch && message.seq <= at.seq);
    if (isOld && !('view' in message)) return false;
    at = message;
    return true;
  });
};
/** The `total` shown by each message; undefined where it says nothing of it. */
export const totals = (messages: readonly RoomPatch[]) =>
  messages
    .map((message) => {
      if (message.seat === null) return undefined;
      return ('view' in message ? message.view : (message.patch as { total?: number })) as { total?: number };
    })
    .map((shown) => shown?.total);

/** What a client holds that joined with this answer and was told all of this. Nothing may be missing in between. */
export const followed = (joined: JoinAck, messages: readonly RoomPatch[]): Sight => {
  assert.ok(joined.ok, JSON.stringify(joined));
  let held = settle(null, joined);
  for (const message of messages) {
    assert.ok(typeof held === 'object' && message.seat !== null);
    const next = step(held, message);
    assert.notEqual(next, 'hole', brief(message));
    if (next !== 'old') held = next;
  }
  return held as Sight;
};
