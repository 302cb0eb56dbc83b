/**
 * The journal's own connections, as many as it has lanes at work: one statement at a time each, never shared with a pool. When an
 * answer is lost the connection is thrown away, because what it was doing may still happen — and a late write then meets a raised epoch.
 */
import pg from 'pg';
import type { Appended, Batch, Log } from '../runtime/ports.ts';
import { appendStatement } from './append-sql.ts';
import { ask } from './ask.ts';
import type { Codec } from './codec.ts';
import type { Table } from './projections.ts';

interface Options {
  readonly databaseUrl: string;
  readonly timeoutMs: number;
  readonly tables: ReadonlyMap<string, Table>;
  readonly codec: Codec;
  readonly log: Log;
}

interface Connection {
  readonly client: pg.Client;
  readonly ready: Promise<unknown>;
}

export const createJournalConnections = ({ databaseUrl, timeoutMs, tables, codec, log }: Options) => {
  const idle: Connection[] = [];
  const connections = new Set<Connection>();
  let isClosed = false;

  const open = (): Connection => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'claimroom journal',
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      lock_timeout: timeoutMs,
      idle_in_transaction_session_timeout: timeoutMs,
      keepAlive: true,
    });
    const ready = client.connect().then(() => client.query(planning));
    const connection = { client, ready };
    client.on('error', (error) => {
      log.warn({ error: error.message }, 'journal connection lost');
      discard(connection);
    });
    // Whoever waits for it hears of this, too; here it only must not stay.
    ready.catch(() => discard(connection));
    connections.add(connection);
    return connection;
  };

  /** Without a word to the server: it may be frozen or far away. */
  const discard = (connection: Connection) => {
    connections.delete(connection);
    const { client } = connection as unknown as { client: { connection: { stream: { destroy(): void } } } };
    client.connection.stream.destroy();
  };

  const end = async (connection: Connection) => {
    const { client, ready } = connection;
    const late = setTimeout(discard, timeoutMs, connection);
    await ready.then(
      () => client.end(),
      () => undefined,
    );
    clearTimeout(late);
  };

  /** One that is not at work; those lost meanwhile are passed over. */
  const take = (): Connection => {
    for (;;) {
      const connection = idle.pop();
      if (!connection) return open();
      if (connections.has(connection)) return connection;
    }
  };

  return {
    async append(batch: Batch, abort?: AbortSignal): Promise<Appended> {
      if (isClosed) return { kind: 'unknown', reason: 'closed' };
      const connection = take();
      // Also while it is still being opened: a server that greets and falls silent must not hold us for ever.
      const giveUp = () => discard(connection);
      abort?.addEventListener('abort', giveUp, { once: true });
      try {
        await connection.ready;
        if (abort?.aborted) return { kind: 'unknown', reason: 'given up before it was sent' };
        const { name, text, values } = appendStatement(batch, tables, codec);
        const query = { name, text, values: [...values] };
        const { rows } = await ask<{ committed: string[] | null; mark: string }>(connection.client, query);
        return { kind: 'committed', rooms: new Set(rows[0]?.committed ?? []), mark: Number(rows[0]?.mark) };
      } catch (error) {
        const appended = judge(error as Error & { code?: string; constraint?: string });
        // Whatever it was, the next statement shall not meet the same connection in a bad way.
        if (appended.kind === 'unknown') discard(connection);
        return appended;
      } finally {
        abort?.removeEventListener('abort', giveUp);
        if (connections.has(connection)) idle.push(connection);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([...connections].map(end));
    },
  };
};

/** Its few tables are always reached by key; a plan made while they were small must not scan them when they are not. */
const planning =
  'set enable_seqscan = off; set enable_mergejoin = off; set plan_cache_mode = force_generic_plan; set jit = off';

/**
 * An error about the statement itself (a value, a constraint, a limit, a definition) means that nothing was written and never
 * will be: the batch is halved until whoever causes it stands alone. Any other error says nothing about the outcome.
 */
const judge = ({ code, constraint, message }: Error & { code?: string; constraint?: string }): Appended => {
  if (code !== undefined && /^(21|22|23|42|54|P0|GW)/.test(code))
    return { kind: 'refused', isRepeat: constraint === 'room_event_command', reason: code };
  return { kind: 'unknown', reason: code ? `${code} ${message}` : message };
};
