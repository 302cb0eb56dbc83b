/** So many times in so long, per key: kept in Redis where there is one, so that nodes count together, else in memory. */
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * Where nodes count together: a connected ioredis made without an offline queue, and what the keys of this installation begin
 * with. Asked for when something is first counted, because accounts are there before the node is one of many.
 */
export type RateStore = () => { readonly client: object; readonly prefix: string } | undefined;

export interface Allowance {
  /** Takes one. 0: it was there. Otherwise so long until there is one again. */
  take(key: string, seconds?: number): Promise<number>;
  /** Takes one whether or not it is there, and says how many were taken. */
  count(key: string): Promise<{ readonly taken: number; readonly untilMs: number }>;
  /** Gives one back. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface AllowanceOptions {
  readonly name: string;
  readonly times: number;
  readonly seconds: number;
  readonly store?: RateStore | undefined;
}

/** Keys of one allowance in memory: whoever was counted longest ago is forgotten first. */
const keysMax = 50_000;

export const createAllowance = ({ name, times, seconds, store }: AllowanceOptions): Allowance => {
  const options = { keyPrefix: name, points: times, duration: seconds };
  const memory = new RateLimiterMemory(options);
  let chosen: RateLimiterMemory | RateLimiterRedis | undefined;
  const choose = () => {
    const shared = store?.();
    if (!shared) return memory;
    const keyPrefix = `${shared.prefix}:rate:${name}`;
    // With Redis away each node counts by itself: neither without limit nor not at all.
    return new RateLimiterRedis({ ...options, keyPrefix, storeClient: shared.client, insuranceLimiter: memory });
  };
  const limiter = () => (chosen ??= choose());
  const keys = new Set<string>();
  const touch = async (key: string) => {
    keys.delete(key);
    keys.add(key);
    if (keys.size <= keysMax) return;
    for (const oldest of keys.keys().take(1)) {
      keys.delete(oldest);
      await memory.delete(oldest);
    }
  };

  return {
    async take(key, customDuration) {
      await touch(key);
      try {
        await limiter().consume(key, 1, customDuration === undefined ? {} : { customDuration });
        return 0;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext);
        throw refused;
      }
    },
    async count(key) {
      await touch(key);
      const { consumedPoints, msBeforeNext } = await limiter().penalty(key, 1);
      return { taken: consumedPoints, untilMs: Math.max(1, msBeforeNext) };
    },
    async giveBack(key) {
      await limiter().reward(key, 1);
    },
    async forget(key) {
      keys.delete(key);
      await limiter().delete(key);
    },
  };
};
