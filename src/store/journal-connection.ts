/**
 * The journal's own connection: one statement at a time, never shared with a pool. When an answer is lost the connection is
 * thrown away, because what it was doing may still happen — and a late write then meets a raised epoch.
 */
import pg from 'pg';
import type { Appended, Batch, Log } from '../runtime/ports.ts';
import { appendStatement } from './append-sql.ts';
import type { Codec } from './codec.ts';
import type { Table } from './projections.ts';

interface Options {
  readonly databaseUrl: string;
  readonly timeoutMs: number;
  readonly tables: ReadonlyMap<string, Table>;
  readonly codec: Codec;
  readonly log: Log;
}

export const createJournalConnection = ({ databaseUrl, timeoutMs, tables, codec, log }: Options) => {
  let connecting: Promise<pg.Client> | null = null;
  let isClosed = false;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'claimroom journal',
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      lock_timeout: timeoutMs,
      idle_in_transaction_session_timeout: timeoutMs,
      keepAlive: true,
    });
    client.on('error', (error) => {
      log.warn({ error: error.message }, 'journal connection lost');
      connecting = null;
    });
    await client.connect();
    // Its few tables are always reached by key; a plan made while they were small must not scan them when they are not.
    await client.query(
      'set enable_seqscan = off; set enable_mergejoin = off; set plan_cache_mode = force_generic_plan; set jit = off',
    );
    return client;
  };

  const connected = (): Promise<pg.Client> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    return connecting;
  };

  /** Without a word to the server: it may be frozen or far away. */
  const discard = (client: pg.Client) => {
    connecting = null;
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    client.end().catch(() => {});
  };

  return {
    async append(batch: Batch, abort?: AbortSignal): Promise<Appended> {
      if (isClosed) return { kind: 'unknown', reason: 'closed' };
      let client: pg.Client;
      try {
        client = await connected();
      } catch (error) {
        return { kind: 'unknown', reason: `no connection: ${String(error)}` };
      }
      const giveUp = () => discard(client);
      abort?.addEventListener('abort', giveUp, { once: true });
      try {
        if (abort?.aborted) return { kind: 'unknown', reason: 'given up before it was sent' };
        const { name, text, values } = appendStatement(batch, tables, codec);
        const { rows } = await client.query<{ committed: string[] | null }>({ name, text, values: values as string[] });
        return { kind: 'committed', rooms: new Set(rows[0]?.committed ?? []) };
      } catch (error) {
        return judge(error as Error & { code?: string; constraint?: string });
      } finally {
        abort?.removeEventListener('abort', giveUp);
      }
    },
    async close() {
      isClosed = true;
      const client = await connecting?.catch(() => null);
      await client?.end().catch(() => {});
    },
  };
};

/** Classes 22 (bad value) and 23 (constraint) will fail again however often they are sent; everything else says nothing about the outcome. */
const judge = ({ code, constraint, message }: Error & { code?: string; constraint?: string }): Appended => {
  if (code !== undefined && /^2[23]...$/.test(code))
    return { kind: 'refused', isRepeat: constraint === 'room_event_command', reason: code };
  return { kind: 'unknown', reason: code ? `${code} ${message}` : message };
};
