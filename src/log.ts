/** Structured logs: ids of rooms and commands, never what people wrote. */
import { pino } from 'pino';
import type { Log } from './runtime/ports.ts';

export const createLog = (level: string): Log & { flush(): void } => {
  const log = pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
  });
  return log as unknown as Log & { flush(): void };
};
