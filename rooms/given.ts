/** given(room, …events).when(command, input, by): the one way rooms are tested. */
import type { Facts } from './facts.ts';
import { execute, isRejection, type AnyRoom, type Caller, type EventOf } from './kit.ts';

const at = '2026-01-01T09:00:00.000Z';
/** Nobody at work, nothing waiting. */
export const noOffice: Pick<Facts, 'deskNow' | 'agentRecord'> = {
  deskNow: { waiting: [], atWork: [] },
  agentRecord: null,
};
const facts: Facts = { claimNumber: 'CLM-2026-0000001', policyAtLoss: null, possibleDuplicates: [], ...noOffice };

/** History is stamped as the system's doing at one fixed instant; without history the room does not exist yet. */
export const given = <R extends AnyRoom>(room: R, ...history: readonly EventOf<R['events']>[]) => {
  let state: R['initial'] = room.initial;
  history.forEach((event, i) => {
    state = room.apply[event.type]!(state, event.data, { at, by: { accountId: 'system', seat: 'system' }, seq: i + 1 });
  });
  return {
    state,
    /** The events that follow, or the rejection. */
    when: (name: keyof R['commands'] & string, input: unknown, by: Caller, now = at, known: Partial<Facts> = {}) => {
      const outcome = execute(
        room,
        state,
        { name, input, isNew: history.length === 0 },
        { room: `${room.kind}/1`, by, now, facts: { ...facts, ...known } },
      );
      return isRejection(outcome) ? outcome : outcome.events;
    },
  };
};
