/**
 * The two connections to Redis, tamed. What Redis does not answer in half a second is given up, nothing is kept for later or
 * sent twice, and nobody's dropped promise ends the process: the adapter of Socket.IO awaits none of what it sends.
 */
import { once } from 'node:events';
import { Redis, type RedisOptions } from 'ioredis';
import type { Limits } from '../limits.ts';
import type { Log } from '../runtime/ports.ts';
import type { RedisAddress } from './address.ts';

export interface RedisConnections {
  /** Every command but subscriptions. Rejects at once while it is not connected. */
  readonly publisher: Redis;
  readonly subscriber: Redis;
  /** How many a publication has reached; null: it did not go out. */
  onPublished(tell: (receivers: number | null) => void): void;
  /** Both stand, or it has taken too long: what is subscribed to on a connection just being made is a race that has ended processes. */
  ready(atMostMs: number): Promise<void>;
  close(): void;
}
interface Deps {
  readonly address: RedisAddress;
  readonly limits: Limits;
  readonly log: Log;
}

export const openRedis = ({ address, limits, log }: Deps): RedisConnections => {
  const common: Omit<RedisOptions, 'replyMapping'> = {
    ...address,
    // Its own way is to wait longer and longer, up to five seconds.
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 1 : false),
    connectTimeout: 2_000,
    keepAlive: 1_000,
    autoResendUnfulfilledCommands: false,
    socketTimeout: limits.redisSilentMs,
    ...('sentinels' in address && {
      role: 'master',
      // Without ioredis' failover detector: where the switch came while it connected anew, it never connected again. A master that
      // was cut off is left by silence, and one that was demoted by its READONLY.
      sentinelRetryStrategy: (attempt: number) => Math.min(attempt * 50, 500),
      sentinelCommandTimeout: limits.redisCommandMs,
    }),
  };
  const publisher = new Redis({
    ...common,
    connectionName: 'claimroom',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: limits.redisCommandMs,
  });
  // Subscriptions wait for as long as it takes. Without the check nothing is asked in between on a connection that listens.
  const subscriber = new Redis({
    ...common,
    connectionName: 'claimroom listener',
    enableReadyCheck: false,
    maxRetriesPerRequest: null,
  });

  let isClosed = false;
  const told = { publisher: false, subscriber: false };
  for (const [name, client] of Object.entries({ publisher, subscriber })) {
    const say = (isAway: boolean, error?: Error) => {
      if (told[name as keyof typeof told] === isAway || isClosed) return;
      told[name as keyof typeof told] = isAway;
      if (isAway) log.warn({ connection: name, ...(error && { error: error.message }) }, 'Redis is away');
      else log.info({ connection: name }, 'Redis is there');
    };
    client.on('error', (error: Error) => say(true, error));
    client.on('close', () => say(true));
    client.on('ready', () => say(false));
  }

  const listeners: ((receivers: number | null) => void)[] = [];
  const publish = publisher.publish.bind(publisher);
  const guarded = async (channel: string | Buffer, message: string | Buffer): Promise<number> => {
    const receivers = await publish(channel, message).catch(() => null);
    for (const tell of listeners) tell(receivers);
    return receivers ?? 0;
  };
  Object.assign(publisher, { publish: guarded });
  for (const name of ['subscribe', 'psubscribe', 'unsubscribe', 'punsubscribe'] as const) {
    const run = subscriber[name].bind(subscriber) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(subscriber, { [name]: (...args: unknown[]) => run(...args).catch(() => undefined) });
  }

  return {
    publisher,
    subscriber,
    onPublished: (tell) => void listeners.push(tell),
    async ready(atMostMs) {
      const late = AbortSignal.timeout(atMostMs);
      for (const client of [publisher, subscriber])
        if (client.status !== 'ready') await once(client, 'ready', { signal: late }).catch(() => undefined);
    },
    close() {
      isClosed = true;
      for (const client of [publisher, subscriber]) client.disconnect();
    },
  };
};
