/**
 * Records what people do. What is merely worth knowing gathers for a moment and is written at once with the rest; what must
 * not happen unseen waits until its entry is durable, or shares the transaction of what it tells of.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Limits } from '../limits.ts';
import type { Cancel, Clock, Log, Timers } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';
import { appendBodies, type Head } from './append.ts';
import { type AuditEvent, bodyOf, type Outcome } from './entry.ts';
import { originNow } from './origin.ts';
import { createSeldom } from './seldom.ts';

export interface Audit {
  /** Durable within `auditFlushMs`, unless the process dies first. */
  record(event: AuditEvent): void;
  /** The same, but past so many of this sort from this caller in a minute only the number is recorded. */
  recordSeldom(event: AuditEvent): void;
  /** Durable when it resolves; throws if it cannot be. */
  sure(event: AuditEvent): Promise<void>;
  /** If and only if this transaction commits. Call it last: until then the whole audit waits. */
  within(em: Pick<EntityManager, 'execute'>, event: AuditEvent): Promise<void>;
  start(): void;
  /** Writes what has gathered. */
  stop(): Promise<void>;
  readonly waiting: number;
}

interface Options {
  readonly orm: Orm;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Pick<
    Limits,
    'auditFlushMs' | 'auditBatchMax' | 'auditWaitingMax' | 'auditSeldomPerMinuteMax' | 'auditSourcesMax'
  >;
}

const pauseMs = 1_000;
/** A hash that is also somewhere else shows a rewriting of the whole chain; logs usually are. */
const headEveryMs = 10 * 60_000;

export const createAudit = ({ orm, clock, timers, log, limits }: Options): Audit => {
  const seldom = createSeldom(clock, limits.auditSeldomPerMinuteMax, limits.auditSourcesMax);
  let waiting: string[] = [];
  let lost = 0;
  let flushing: Promise<void> | null = null;
  let isStopped = false;
  let saidHeadAt = -headEveryMs;
  let cancelFlush: Cancel | null = null;
  let cancelSweep: Cancel | null = null;

  const body = (event: AuditEvent) => {
    const origin = originNow();
    if (origin) origin.isRecorded = true;
    return bodyOf(event, origin, new Date(clock.now()).toISOString());
  };
  /** What the audit says of itself comes from no request, whichever set it off. */
  const own = (event: AuditEvent) => bodyOf(event, undefined, new Date(clock.now()).toISOString());

  const sayHead = (head: Head) => {
    if (clock.monotonic() - saidHeadAt < headEveryMs) return;
    saidHeadAt = clock.monotonic();
    log.info({ audit: `${head.chain}:${head.n}:${head.hash}` }, 'the audit stands here');
  };

  /** A text the database will not take must not hold up the others. */
  const write = async (bodies: readonly string[]): Promise<void> => {
    try {
      sayHead(await appendBodies(orm.em.fork(), bodies));
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith('22')) throw error;
      if (bodies.length > 1) {
        const middle = bodies.length >> 1;
        await write(bodies.slice(0, middle));
        return write(bodies.slice(middle));
      }
      log.error({ reason: String(error) }, 'an entry of the audit could not be stored');
    }
  };

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limits.auditBatchMax);
      await write(batch);
      waiting = waiting.slice(batch.length);
      if (lost > 0) {
        waiting.push(own({ action: 'audit.lost', outcome: 'failed', details: { count: lost } }));
        lost = 0;
      }
    }
  };
  const flushSoon = (ms: number) => {
    if (isStopped) return;
    cancelFlush ??= timers.after(ms, () => {
      cancelFlush = null;
      flushing ??= flush()
        .then(
          () => limits.auditFlushMs,
          (error: Error) => {
            log.warn(
              { reason: error.message, waiting: waiting.length },
              'the audit could not be written; trying again',
            );
            return pauseMs;
          },
        )
        .then((nextMs) => {
          flushing = null;
          if (waiting.length > 0) flushSoon(nextMs);
        });
    });
  };

  const add = (entry: string) => {
    if (waiting.length >= limits.auditWaitingMax) {
      if (lost++ === 0) log.error({ waiting: waiting.length }, 'the audit is full: entries are being lost');
      return;
    }
    waiting.push(entry);
    flushSoon(limits.auditFlushMs);
  };

  const tellLeftOut = (isAll: boolean) => {
    for (const { key, count } of seldom.leftOut(isAll)) {
      const [action = '', outcome, actor = '', address = ''] = key.split('\n');
      add(
        own({ action, actor, outcome: outcome as Outcome, details: { leftOut: count, ...(address && { address }) } }),
      );
    }
  };

  return {
    record: (event) => add(body(event)),
    recordSeldom(event) {
      const origin = originNow();
      const actor = event.actor ?? origin?.accountId ?? 'anonymous';
      // Of somebody known the account counts; of anybody else the address.
      const address = actor === 'anonymous' ? (origin?.address ?? '') : '';
      const key = [event.action, event.outcome ?? 'done', actor, address].join('\n');
      if (seldom.takes(key)) add(body(event));
      else if (origin) origin.isRecorded = true;
    },
    sure: async (event) => sayHead(await appendBodies(orm.em.fork(), [body(event)])),
    within: async (em, event) => void (await appendBodies(em, [body(event)])),
    start() {
      cancelSweep ??= timers.every(pauseMs, () => tellLeftOut(false));
    },
    async stop() {
      cancelSweep?.();
      isStopped = true;
      cancelFlush?.();
      await flushing;
      tellLeftOut(true);
      await flush().catch((error: Error) =>
        log.error({ reason: error.message, lost: waiting.length }, 'the last entries of the audit are lost'),
      );
    },
    get waiting() {
      return waiting.length;
    },
  };
};
