/** Which node of a run owns which of its claims, as the database says. */
import pg from 'pg';
import type { Prepared } from './systems/system.ts';

/** By claim: the number in `node-<number>`, from nought; null while it has no owner of this run. */
export const ownersOf = async ({ databaseUrl, claims }: Prepared): Promise<readonly (number | null)[]> => {
  const client = new pg.Client({ connectionString: databaseUrl!() });
  await client.connect();
  try {
    const { rows } = await client.query<{ room: string; owner: string }>(
      'select room, owner from room_head where room = any($1)',
      [claims],
    );
    const byRoom = new Map(rows.map(({ room, owner }) => [room, owner]));
    return claims.map((claim) => {
      const [, number] = /^node-(\d+)\./.exec(byRoom.get(claim) ?? '') ?? [];
      return number === undefined ? null : Number(number) - 1;
    });
  } finally {
    await client.end();
  }
};
