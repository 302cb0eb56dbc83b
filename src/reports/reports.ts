/** Errors told to Sentry, one after the other, beside the work: what cannot be sent is dropped, and nobody ever waits for it. */
import { randomUUID } from 'node:crypto';
import type { Limits } from '../limits.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { Dsn } from './dsn.ts';
import { type About, envelopeOf } from './event.ts';
import { restOf } from './rate-limits.ts';
import { version } from './version.ts';

interface Options {
  readonly dsn: Dsn;
  readonly node: string;
  readonly environment: string;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'reportsWaitingMax' | 'reportsPerMinuteMax' | 'reportMs'>;
}
export interface Reports {
  /** The same log, whose errors are also reported. */
  watch(log: Log): Log;
  readonly sent: number;
  readonly dropped: number;
  /** Before the process ends: whatever waits has so long. */
  flush(): Promise<void>;
}

const minuteMs = 60_000;

export const createReports = ({ dsn, node, environment, clock, limits }: Options): Reports => {
  const waiting: string[] = [];
  const headers = {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': `Sentry sentry_version=7, sentry_client=claimroom/${version}, sentry_key=${dsn.key}`,
  };
  let restsUntil = 0;
  let minute = { since: -Infinity, reports: 0 };
  let sent = 0;
  let dropped = 0;
  let sending: Promise<void> | null = null;

  const isTooMany = (): boolean => {
    const now = clock.monotonic();
    if (now < restsUntil || waiting.length >= limits.reportsWaitingMax) return true;
    if (now - minute.since >= minuteMs) minute = { since: now, reports: 0 };
    return ++minute.reports > limits.reportsPerMinuteMax;
  };
  const report = (fields: object, message: string) => {
    if (isTooMany()) {
      dropped++;
      return;
    }
    const eventId = randomUUID().replaceAll('-', '');
    const about: About = { eventId, at: clock.now(), node, environment, release: `claimroom@${version}` };
    waiting.push(envelopeOf(message, fields, about));
    sending ??= sendAll().finally(() => (sending = null));
  };
  const sendAll = async () => {
    // After what the caller is at: a turn that failed is not made longer by its report.
    await new Promise((resolve) => setImmediate(resolve));
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const isSent = clock.monotonic() >= restsUntil && (await send(body));
      if (isSent) sent++;
      else dropped++;
    }
  };
  const send = async (body: string): Promise<boolean> => {
    try {
      const signal = AbortSignal.timeout(limits.reportMs);
      const response = await fetch(dsn.url, { method: 'POST', headers, body, signal, redirect: 'error' });
      await response.body?.cancel();
      const rest = restOf(response.status, response.headers, clock.now());
      if (rest > 0) restsUntil = clock.monotonic() + rest;
      return response.ok;
    } catch {
      // Not there: the next error may try again, those that wait are too many to wait for it one by one.
      dropped += waiting.splice(0).length;
      return false;
    }
  };

  return {
    watch: (log) => ({
      ...log,
      info: (fields, message) => log.info(fields, message),
      warn: (fields, message) => log.warn(fields, message),
      error(fields, message) {
        log.error(fields, message);
        report(fields, message);
      },
    }),
    get sent() {
      return sent;
    },
    get dropped() {
      return dropped;
    },
    async flush() {
      await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, limits.reportMs).unref())]);
    },
  };
};
