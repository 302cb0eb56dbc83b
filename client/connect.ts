/** The client over one real connection. */
import { assemble } from './assemble.ts';
import { limits as defaults } from './limits.ts';
import { systemTime } from './time.ts';
import type { Client, ConnectOptions } from './types.ts';
import { createWire } from './wire.ts';

export const connect = ({ url, token, outbox, ...options }: ConnectOptions): Client => {
  const limits = { ...defaults, ...options.limits };
  const time = systemTime;
  return assemble({ limits, time, outbox, wire: (events) => createWire({ url, token, limits, time, ...events }) });
};
