/** Who wants to be told. A listener that throws keeps nobody else from hearing. */
export interface Listeners<T> {
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
}

export const createListeners = <T>(): Listeners<T> => {
  const entries = new Set<{ readonly listener: (value: T) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    tell(value) {
      // Only who is here now: a listener that adds another must not be able to go on for ever.
      const present = [...entries];
      for (const entry of present) {
        if (!entries.has(entry)) continue;
        try {
          entry.listener(value);
        } catch (error) {
          // It is a defect of the page: it must surface, but not in the middle of our work.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
};
