/** A claim's history played again through the room's own pure functions, as the journal tells it. */
import { isDeepStrictEqual } from 'node:util';
import { claimRoom } from '../../rooms/claim/room.ts';
import { type AnyRoom, type Caller, execute, isRejection } from '../../rooms/kit.ts';
import { system } from '../../src/runtime/system.ts';
import type { Event } from './journal.ts';

export interface Replayed {
  /** The state at each seq; at 0 the claim does not exist. */
  readonly states: readonly { readonly status: string }[];
  /** Events that the room would not have decided on the state they follow. */
  readonly wrong: readonly string[];
}
interface Asked {
  readonly by: Caller;
  readonly name: string;
  readonly input: object;
}

const room: AnyRoom = claimRoom;

export const replayed = (id: string, events: readonly Event[], asked: ReadonlyMap<string, Asked>): Replayed => {
  const states: { readonly status: string }[] = [claimRoom.initial];
  const wrong: string[] = [];
  for (const event of events) {
    const { seq, type, data, at, byId, bySeat, commandId } = event;
    const before = states.at(-1)!;
    const triage = type === 'triaged' && byId === system.accountId && { by: system, name: 'triage', input: {} };
    const command = asked.get(commandId ?? '') ?? triage;
    if (command && !isDecided(id, before, command, event))
      wrong.push(`${id} ${seq}: ${type} on a claim that is ${before.status}`);
    states[seq] = room.apply[type]!(before, data, { at, by: { accountId: byId, seat: bySeat }, seq });
  }
  return { states, wrong };
};

const isDecided = (id: string, before: { readonly status: string }, asked: Asked, event: Event): boolean => {
  const { by, name, input } = asked;
  const facts = { claimNumber: String(event.data.number) };
  const outcome = execute(
    room,
    before,
    { name, input, isNew: event.seq === 1 },
    { room: id, by, now: event.at, facts },
  );
  if (isRejection(outcome)) return false;
  const { seat, events } = JSON.parse(JSON.stringify(outcome)) as typeof outcome;
  return isDeepStrictEqual({ seat, events }, { seat: event.bySeat, events: [{ type: event.type, data: event.data }] });
};
