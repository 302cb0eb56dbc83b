/** Waiting in a test: as long as it takes, and not for ever, so that a failure is a sentence and not a hang. */
export const inTime = async <T>(wait: Promise<T>, what: string, msMax = 10_000): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`did not happen within ${msMax} ms: ${what}`)), msMax);
  });
  return Promise.race([wait, late]).finally(() => clearTimeout(timer));
};
