/** At most `max` at once; the rest wait in order. Keeps a herd of cold rooms from drowning the database. */
export const createSlots = (max: number) => {
  let taken = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (taken >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else taken++;
    try {
      return await work();
    } finally {
      // A finished one hands its place to the next, so `taken` only falls when nobody waits.
      const next = waiting.shift();
      if (next) next();
      else taken--;
    }
  };
};
