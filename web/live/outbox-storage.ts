/** Where unanswered commands wait while the page is reloaded or the browser closed: one place per account in localStorage. */
import type { Entry, OutboxStorage } from '../../client/index.ts';

export interface KeptOutbox extends OutboxStorage {
  /** In the order they were made. */
  entries(): readonly Entry[];
  clear(): void;
}

/** `onChange`: something was put in or taken out. Where storage is forbidden, commands live as long as the page. */
export const createOutboxStorage = (accountId: string, storage: Storage, onChange: () => void): KeptOutbox => {
  const prefix = `claimroom outbox ${accountId} `;
  const keys = () =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) => key.startsWith(prefix));
  const entries = () =>
    keys()
      // Command ids rise with time.
      .sort()
      .flatMap((key): Entry[] => {
        try {
          return [JSON.parse(storage.getItem(key) ?? '')];
        } catch {
          return [];
        }
      });

  return {
    entries,
    load: async () => entries(),
    save(entry) {
      storage.setItem(prefix + entry.id, JSON.stringify(entry));
      onChange();
    },
    remove(id) {
      storage.removeItem(prefix + id);
      onChange();
    },
    clear() {
      for (const key of keys()) storage.removeItem(key);
      onChange();
    },
  };
};

/** For browsers that let nothing be stored. */
export const memoryStorage = (): Storage => {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
};
