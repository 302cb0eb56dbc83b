/** Reads the whole audit and says where it is not what was written: changed, removed, put in another place, or never brought in. */
import { createHash } from 'node:crypto';
import { IsolationLevel } from '@mikro-orm/core';
import type { Orm } from '../store/orm.ts';
import { digestSql } from './digest.ts';

export interface Verified {
  readonly faults: readonly string[];
  readonly entries: number;
  /** Where it stands: `month:number:hash`. Kept elsewhere, it shows a rewriting of everything. */
  readonly head: string;
  /** Events of rooms that are not in the audit yet. */
  readonly behind: number;
}
export interface VerifyOptions {
  readonly rowsAtOnce: number;
  /** A head that was written down before. */
  readonly anchor?: string;
}

const faultsMax = 20;

export const verifyAudit = async (orm: Orm, { rowsAtOnce, anchor }: VerifyOptions): Promise<Verified> => {
  // One moment for all of it: the server may go on writing.
  return orm.em.fork().transactional(
    async (em) => {
      const faults: string[] = [];
      const find = (fault: string) => void (faults.length < faultsMax && faults.push(fault));
      const chains = await em.execute<ChainRow[]>(
        'select chain, n, hash, opened_with, forgotten_at from audit_chain order by chain',
      );
      const seqs = new Map<string, number>();
      const hasForgotten = chains.some(({ forgotten_at: at }) => at !== null);
      let entries = 0;
      let isAnchored = anchor === undefined;
      for (const [i, chain] of chains.entries()) {
        const before = chains[i - 1];
        if (before && !before.hash.equals(chain.opened_with)) find(`${chain.chain} does not follow ${before.chain}`);
        if (chain.forgotten_at !== null) continue;
        let { opened_with: hash } = chain;
        let n = 0;
        for (;;) {
          const rows = await em.execute<EntryRow[]>(entriesSql, [chain.chain, n, rowsAtOnce]);
          for (const row of rows) {
            const place = `${chain.chain}:${row.n}`;
            if (Number(row.n) !== n + 1) find(`${chain.chain}:${n + 1} is missing`);
            n = Number(row.n);
            const expected = hashOf(hash, row.n, row.body);
            if (!expected.equals(row.hash)) find(`${place} is not what was written, or not where`);
            if (!row.is_shown_as_written) find(`${place} is shown otherwise than it was written`);
            hash = row.hash;
            if (anchor === `${place}:${hash.toString('hex')}`) isAnchored = true;
            if (row.seq !== null) checkEvent(row, seqs, hasForgotten, (fault) => find(`${place}: ${fault}`));
          }
          entries += rows.length;
          if (rows.length < rowsAtOnce) break;
        }
        if (n !== Number(chain.n) || !hash.equals(chain.hash))
          find(`${chain.chain} ends at ${n}, not at ${chain.n} as it was written`);
      }
      if (!isAnchored) find(`nothing here is ${anchor}: all after it, or all of it, was written anew`);
      const behind = await checkReach(em, seqs, hasForgotten, find);
      const last = chains.at(-1);
      const head = last ? `${last.chain}:${last.n}:${last.hash.toString('hex')}` : '';
      return { faults, entries, head, behind };
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );
};

const hashOf = (before: Buffer, n: string, body: string): Buffer => {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(n));
  return createHash('sha256').update(before).update(number).update(body, 'utf8').digest();
};

/** An event of a room: the next of that room, and the row in the journal is still the one that was copied. */
const checkEvent = (row: EntryRow, seqs: Map<string, number>, mayStartLate: boolean, find: (fault: string) => void) => {
  const room = row.object ?? '';
  const seq = Number(row.seq);
  const before = seqs.get(room);
  if (before === undefined ? seq !== 1 && !mayStartLate : seq !== before + 1)
    find(`after event ${before ?? 0} of ${room} comes ${seq}`);
  seqs.set(room, seq);
  if (row.digest === null) find(`event ${seq} of ${room} is gone from the journal`);
  else if (row.digest !== row.digest_written) find(`event ${seq} of ${room} has been changed in the journal`);
};

/** As far as it is said to have come, it has: otherwise events would be passed over. */
const checkReach = async (
  em: { execute<T>(sql: string, values: unknown[]): Promise<T> },
  seqs: ReadonlyMap<string, number>,
  mayStartLate: boolean,
  find: (fault: string) => void,
): Promise<number> => {
  let behind = 0;
  for (let after = ''; ; ) {
    const rooms = await em.execute<{ room: string; seq: string | null; head: string | null }[]>(reachSql, [
      after,
      5_000,
    ]);
    for (const { room, seq, head } of rooms) {
      const reached = Number(seq ?? 0);
      const written = seqs.get(room) ?? (mayStartLate ? reached : 0);
      if (reached !== written) find(`${room} is said to be recorded up to ${reached}, but is up to ${written}`);
      if (Number(head ?? 0) < reached) find(`${room} ends at ${head ?? 0}; ${reached} of its events were recorded`);
      behind += Math.max(0, Number(head ?? 0) - reached);
    }
    if (rooms.length < 5_000) return behind;
    after = rooms.at(-1)!.room;
  }
};

interface ChainRow {
  readonly chain: string;
  readonly n: string;
  readonly hash: Buffer;
  readonly opened_with: Buffer;
  readonly forgotten_at: Date | null;
}
interface EntryRow {
  readonly n: string;
  readonly body: string;
  readonly hash: Buffer;
  readonly object: string | null;
  readonly is_shown_as_written: boolean;
  readonly seq: string | null;
  readonly digest_written: string | null;
  readonly digest: string | null;
}
const shown = ['at', 'action', 'outcome', 'actor', 'object', 'correlation'];
const entriesSql = `
  select a.n, a.body, a.hash, a.object, b.seq, b.digest as digest_written,
         (${shown.map((name) => `a.${name}`).join(', ')}) is not distinct from (${shown.map((name) => `b.${name}`).join(', ')})
           as is_shown_as_written,
         (select ${digestSql('e')} from room_event e where e.room = a.object and e.seq = b.seq) as digest
    from audit_entry a
   cross join lateral json_to_record(a.body::json)
      as b(at text, action text, outcome text, actor text, object text, correlation text, seq bigint, digest text)
   where a.chain = ? and a.n > ? order by a.n limit ?`;
const reachSql = `
  select room, a.seq, h.seq as head from room_head h full join audit_room a using (room)
   where room > ? and (h.seq > 0 or a.seq is not null) order by room limit ?`;
