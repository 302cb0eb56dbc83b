/** `claimroom keys rotate [--now]` and `claimroom keys list`. Running nodes read the ring anew by themselves. */
import { systemClock as clock, systemTimers as timers } from '../clock.ts';
import type { Config } from '../config.ts';
import { openDatabase } from '../database.ts';
import type { Log } from '../runtime/ports.ts';
import { appUrl } from '../store/app-url.ts';
import { createOrm } from '../store/orm.ts';
import { createKeyRing } from './key-ring.ts';
import { createKeys } from './keys.ts';
import { createSecurityEvents } from './security-events.ts';

export const keys = async (config: Config, log: Log, [action, ...rest]: readonly string[]): Promise<void> => {
  const isAtOnce = rest[0] === '--now';
  if (!(action === 'list' || action === 'rotate') || rest.length > (isAtOnce ? 1 : 0)) {
    console.error('Usage: claimroom keys rotate [--now] | list');
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(config, log);
  const orm = await createOrm(appUrl(database.url), { poolMax: 2, log });
  try {
    const ring = createKeyRing({ orm, root: createKeys(config), clock, timers, log });
    if (action === 'rotate') {
      const key = await ring.rotate(isAtOnce);
      createSecurityEvents(log).emit({ event: 'authn_key_rotate', detail: key.kid });
      console.log(`${key.kid} signs from ${key.signsFrom} on.`);
    }
    for (const { kid, state, signsFrom, verifiesUntil } of await ring.list())
      console.log(
        `${kid}  ${state.padEnd(8)}  signs from ${signsFrom}${verifiesUntil === null ? '' : `, good until ${verifiesUntil}`}`,
      );
  } finally {
    await orm.close();
    if (!database.isAdopted) await database.close();
  }
};
