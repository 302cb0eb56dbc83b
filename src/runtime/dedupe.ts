/** What a room remembers of the commands it has done, so that a retry gets the first answer and has no second effect. */
import { timeOfId } from './command-hash.ts';
import type { Remembered } from './ports.ts';

export interface Dedupe {
  get(id: string): Remembered | undefined;
  add(done: Remembered): void;
  /**
   * The id is older than this memory reaches back: ask the store before believing it is new. A good guess, not a proof; behind
   * it stand the look-up before a refusal and the journal's unique command ids.
   */
  mayHaveForgotten(id: string): boolean;
  /** Nothing was ever forgotten. */
  readonly isComplete: boolean;
}

/** `known` is the newest commands, oldest first; when there are fewer than `max` of them, nothing was ever forgotten. */
export const createDedupe = (known: readonly Remembered[], max: number): Dedupe => {
  const byId = new Map(known.map((done) => [done.id, done]));
  let isComplete = known.length < max;
  return {
    get: (id) => byId.get(id),
    add(done) {
      byId.set(done.id, done);
      if (byId.size <= max) return;
      isComplete = false;
      byId.delete(byId.keys().next().value!);
    },
    get isComplete() {
      return isComplete;
    },
    mayHaveForgotten(id) {
      return !isComplete && timeOfId(id) <= timeOfId(byId.keys().next().value!);
    },
  };
};
