/** Lets go of months whose time is over. The server's own role cannot; whoever runs this works as the owner of the database. */
import type { Orm } from '../store/orm.ts';
import { appendBodies } from './append.ts';
import { bodyOf } from './entry.ts';

/** The months that are gone now. Their last hashes stay, so that what follows can still be verified. */
export const forgetAudit = (orm: Orm, keepMonths: number, now: string): Promise<string[]> =>
  orm.em.fork().transactional(async (em) => {
    const gone = await em.execute<{ chain: string; n: string }[]>(
      `update audit_chain set forgotten_at = now()
        where forgotten_at is null and chain < to_char(?::timestamptz at time zone 'utc' - make_interval(months => ?), 'YYYY-MM')
          and chain < (select max(chain) from audit_chain) returning chain, n`,
      [now, keepMonths],
    );
    if (gone.length === 0) return [];
    await em.execute(
      'delete from audit_entry where chain in (select chain from audit_chain where forgotten_at is not null)',
    );
    await appendBodies(
      em,
      gone.map(({ chain, n }) =>
        bodyOf(
          { action: 'audit.forgotten', object: `audit/${chain}`, details: { entries: Number(n) } },
          undefined,
          now,
        ),
      ),
    );
    return gone.map(({ chain }) => chain).toSorted();
  });
