/** Structured logs: ids of rooms and commands, never what people wrote. */
import { pino } from 'pino';
import type { Log } from './runtime/ports.ts';

export interface ProcessLog extends Log {
  debug(fields: object, message: string): void;
  flush(): void;
}

export const createLog = (level: string): ProcessLog => {
  const log = pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'token', 'authorization', '*.password', '*.token', '*.authorization'],
  });
  return log as unknown as ProcessLog;
};
