/**
 * One message to every other node, carried by Socket.IO's own Redis adapter (classic, not sharded: that one loses what is sent
 * just after a join, and makes local watchers wait for Redis). Messages go to nodes, not straight into the groups of their
 * sockets: whether a seat's group may be told is for each node's edge to say, which knows who sits in it by now.
 */
import { createAdapter } from '@socket.io/redis-adapter';
import type { Fanout } from '../cluster/ports.ts';
import type { Limits } from '../limits.ts';
import type { Cancel, Clock, Timers } from '../runtime/ports.ts';
import type { RedisConnections } from './connections.ts';

/** As much of a Socket.IO server as this needs. */
export interface Broadcaster {
  adapter(constructor: ReturnType<typeof createAdapter>): unknown;
  serverSideEmit(name: 'news' | 'pulse', message: object): boolean;
  on(name: 'news', hear: (message: object) => void): unknown;
}
interface Deps {
  readonly io: Broadcaster;
  readonly redis: RedisConnections;
  readonly prefix: string;
  /** So many ought to hear, this node among them. */
  nodes(): number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
}

export const createRedisFanout = async (deps: Deps): Promise<Fanout & { stop: Cancel }> => {
  const { io, redis, prefix, nodes, clock, timers, limits } = deps;
  const { publisher, subscriber } = redis;
  io.adapter(createAdapter(publisher, subscriber, { key: `${prefix}:io` }));
  // Answered after the subscriptions that were sent before it: from then on nothing is missed.
  if (subscriber.status === 'ready') await subscriber.ping().catch(() => undefined);

  let isHeard = false;
  let heardAt = clock.monotonic();
  redis.onPublished((receivers) => {
    // A node whose subscription is broken cannot say so; that it is missing shows here.
    isHeard = receivers !== null && receivers >= nodes();
  });
  const heard = () => (heardAt = clock.monotonic());
  subscriber.on('messageBuffer', heard);
  subscriber.on('ready', heard);

  /** Comes back to this node too, and so tries the whole way. */
  const pulse = () => {
    if (publisher.status === 'ready') io.serverSideEmit('pulse', {});
    else isHeard = false;
    const isDeaf = subscriber.status === 'ready' && clock.monotonic() - heardAt > limits.redisSilentMs;
    // The connection stands, and nothing comes through it.
    if (isDeaf && publisher.status === 'ready') subscriber.disconnect(true);
  };
  pulse();
  const stop = timers.every(limits.fanoutPulseMs, pulse);

  return {
    get isUp() {
      const isListening = subscriber.status === 'ready' && clock.monotonic() - heardAt <= limits.redisSilentMs;
      return isListening && publisher.status === 'ready' && isHeard;
    },
    publish: (message) => void io.serverSideEmit('news', message),
    onMessage(hear) {
      // One turn of the loop for each: what it sets going is done before the next is heard.
      io.on('news', (message) => void setImmediate(() => hear(message)));
    },
    stop,
  };
};
