/** Reads the facts that commands declare (`rooms/facts.ts`). Each is asked before the turn, so a decision itself never waits. */
import type { Facts } from '../rooms/facts.ts';
import type { FactReader } from './runtime/ports.ts';
import type { Orm } from './store/orm.ts';

/** Numbers are taken from the sequence this many at a time; a restart wastes at most so many. */
const numbersPerBlock = 50;

export const createFacts = (orm: Orm): Record<keyof Facts, FactReader> => {
  let free: number[] = [];
  let fetching: Promise<void> | null = null;

  const fetchBlock = async () => {
    const rows = await orm.em
      .fork()
      .execute<{ n: string }[]>(`select nextval('claim_number_seq') as n from generate_series(1, ${numbersPerBlock})`);
    free = free.concat(rows.map(({ n }) => Number(n)));
  };

  return {
    async claimNumber({ now }) {
      while (free.length === 0) {
        fetching ??= fetchBlock().finally(() => (fetching = null));
        await fetching;
      }
      return `CLM-${now.slice(0, 4)}-${String(free.shift()).padStart(7, '0')}`;
    },
  };
};
