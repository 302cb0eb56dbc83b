/** `claimroom verify audit` and `claimroom audit forget`. */
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { openDatabase } from '../database.ts';
import type { Log } from '../runtime/ports.ts';
import { createOrm, type Orm } from '../store/orm.ts';
import { forgetAudit } from './forget.ts';
import { verifyAudit } from './verify.ts';

/** As the owner of the database, without a limit on how long it takes. */
const asOwner = async (config: Config, log: Log, run: (orm: Orm) => Promise<void>): Promise<void> => {
  const database = await openDatabase(config, log);
  const orm = await createOrm(database.url, { poolMax: 1, log, queryTimeoutMs: 0 });
  try {
    await run(orm);
  } finally {
    await orm.close();
    if (!database.isAdopted) await database.close();
  }
};

export const verifyOnly = (config: Config, log: Log, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options: { anchor: { type: 'string' } }, strict: true });
  const { anchor } = values;
  return asOwner(config, log, async (orm) => {
    const rowsAtOnce = config.limits.auditReadRows;
    const found = await verifyAudit(orm, { rowsAtOnce, ...(anchor !== undefined && { anchor }) });
    for (const fault of found.faults) console.error(fault);
    console.log(`${found.entries} entries, up to ${found.head}`);
    if (found.behind > 0) console.log(`${found.behind} events of rooms are not in it yet.`);
    console.log(found.faults.length === 0 ? 'The audit is as it was written.' : 'The audit is NOT as it was written.');
    if (found.faults.length > 0) process.exitCode = 1;
  });
};

export const forgetOnly = (config: Config, log: Log): Promise<void> =>
  asOwner(config, log, async (orm) => {
    const gone = await forgetAudit(orm, config.auditRetentionMonths, new Date().toISOString());
    console.log(gone.length === 0 ? 'Nothing is past its time.' : `Gone: ${gone.join(', ')}`);
  });
