/** Delivers a reaction's command to its room as the system. The id was fixed by the event, so a second delivery has no second effect. */
import type { RoomsApi } from '../../src/runtime/api.ts';
import type { Log } from '../../src/runtime/ports.ts';
import type { SendCommand } from '../../src/runtime/reactions.ts';
import { system } from '../../src/runtime/system.ts';

export const sendCommand = (rooms: RoomsApi, log: Log) => async (payload: unknown) => {
  const { room, id, name, input } = payload as SendCommand;
  const ack = await rooms.send({ room, id, name, input, by: system });
  if (ack.ok) return;
  // Thrown, so that the queue tries again later: outages end, and defects are mended.
  if (ack.retry === 'same-id' || ack.code === 'internal' || ack.code === 'room/unreadable')
    throw new Error(`${room} ${name}: ${ack.code}`);
  log.info({ room, command: name, id, code: ack.code }, 'a reaction was refused by its room');
};
