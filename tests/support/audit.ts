/** What the audit of a test's server holds: `const entries = await recorded(server, (entry) => entry.action === '…')`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createOrm } from '../../src/store/orm.ts';
import { forgetAudit } from '../../src/audit/forget.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { silentLog } from './silent-log.ts';
import type { TestServer } from './server.ts';

// `any`: entries are of every sort
export type Entry = Readonly<Record<string, any>>;

export const auditSoon = { auditFlushMs: 5, auditRoomsEveryMs: 20 };

export const entriesOf = async (server: Pick<TestServer, 'sql'>): Promise<Entry[]> => {
  const rows = await server.sql<{ body: string }>('select body from audit_entry order by chain, n');
  return rows.map(({ body }) => JSON.parse(body) as Entry);
};

/** Those that fit, as soon as there are so many. */
export const recorded = async (
  server: Pick<TestServer, 'sql'>,
  fits: (entry: Entry) => boolean,
  count = 1,
): Promise<Entry[]> => {
  for (const late = Date.now() + 5_000; ; await sleep(20)) {
    const found = (await entriesOf(server)).filter(fits);
    if (found.length >= count || Date.now() > late) return found;
  }
};

/** As the owner of the database. */
export const forgotten = async (databaseUrl: string, keepMonths: number) => {
  const orm = await createOrm(databaseUrl, { poolMax: 1, log: silentLog });
  try {
    return await forgetAudit(orm, keepMonths, new Date().toISOString());
  } finally {
    await orm.close();
  }
};

/** As the owner of the database. */
export const verified = async (databaseUrl: string, anchor?: string) => {
  const orm = await createOrm(databaseUrl, { poolMax: 1, log: silentLog });
  try {
    return await verifyAudit(orm, { rowsAtOnce: 7, ...(anchor !== undefined && { anchor }) });
  } finally {
    await orm.close();
  }
};
