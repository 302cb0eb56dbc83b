/**
 * A refusal changes nothing, so the journal would never object to one from a node that has lost the room and decided on what
 * was. Before it is told, the journal is asked whether the room is still this node's: then no is as true as yes.
 */
import type { ActiveRoom } from './active-room.ts';
import type { Log, Store, Timers } from './ports.ts';

interface Deps {
  readonly store: Pick<Store, 'ownersOf'>;
  readonly timers: Timers;
  readonly log: Log;
  /** Nobody else could have taken a room. */
  readonly isSolo: boolean;
  onTaken(room: ActiveRoom): void;
}
interface Question {
  readonly room: ActiveRoom;
  /** It had no head, as far as was known. */
  readonly wasNew: boolean;
  answer(how: Confirmed): void;
}
/** taken: another node has the room. unknown: the journal did not say. */
export type Confirmed = 'ours' | 'taken' | 'unknown';

export const createConfirm = ({ store, timers, log, isSolo, onTaken }: Deps) => {
  let gathered: Question[] = [];

  const ask = async () => {
    const asked = gathered;
    gathered = [];
    try {
      const heads = await store.ownersOf([...new Set(asked.map(({ room }) => room.id))]);
      const epochs = new Map(heads.map(({ room, epoch }) => [room, epoch]));
      for (const { room, wasNew, answer } of asked) {
        const head = epochs.get(room.id);
        // A room that nobody knew of is nobody's as long as it has no head; if it has one now, it may be ours or another's.
        if (wasNew) answer(head === undefined ? 'ours' : 'unknown');
        else if (head === room.standing.epoch) answer('ours');
        else {
          onTaken(room);
          answer('taken');
        }
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'a refusal could not be confirmed');
      for (const { answer } of asked) answer('unknown');
    }
  };

  return (room: ActiveRoom, answer: Question['answer']) => {
    if (isSolo) return answer('ours');
    gathered.push({ room, wasNew: room.standing.seq === 0, answer });
    // What gathers in this moment is one question.
    if (gathered.length === 1) timers.soon(() => void ask());
  };
};
