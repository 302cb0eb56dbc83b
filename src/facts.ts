/** Reads the facts that commands declare (`rooms/facts.ts`). Each is asked before the turn, so a decision itself never waits. */
import { dayOf } from '../rooms/calendar.ts';
import type { Facts } from '../rooms/facts.ts';
import { createDeskFacts } from './desk/facts.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Policies } from './policies/policies.ts';
import { PolicyNumber } from './policies/schema.ts';
import { catastropheOf } from './read/catastrophes.ts';
import { possibleDuplicates } from './read/possible-duplicates.ts';
import { toldLoss } from './read/told-loss.ts';
import type { FactReader } from './runtime/ports.ts';
import type { Orm } from './store/orm.ts';

type FactReaders = { readonly [F in keyof Facts]-?: (ask: Parameters<FactReader>[0]) => Promise<Facts[F]> };

/** Numbers are taken from the sequence this many at a time; a restart wastes at most so many. */
const numbersPerBlock = 50;

export const createFacts = (
  orm: Orm,
  policies: Pick<Policies, 'coverAt'>,
  limits: Pick<Limits, 'deskWaitingMax' | 'deskAgentsMax'> = defaultLimits,
): FactReaders => {
  let free: number[] = [];
  let fetching: Promise<void> | null = null;

  const fetchBlock = async () => {
    const rows = await orm.em
      .fork()
      .execute<{ n: string }[]>(`select nextval('claim_number_seq') as n from generate_series(1, ${numbersPerBlock})`);
    free = free.concat(rows.map(({ n }) => Number(n)));
  };

  return {
    ...createDeskFacts(orm, limits),
    async claimNumber({ now }) {
      while (free.length === 0) {
        fetching ??= fetchBlock().finally(() => (fetching = null));
        await fetching;
      }
      return `CLM-${now.slice(0, 4)}-${String(free.shift()).padStart(7, '0')}`;
    },
    async policyAtLoss({ state, input, now }) {
      const { policyNumber, occurredOn = dayOf(now) } = toldLoss(state, input);
      const number = PolicyNumber.safeParse(policyNumber);
      return number.success ? policies.coverAt(number.data, occurredOn) : null;
    },
    async possibleDuplicates({ room, state, input }) {
      const { occurredOn, ...told } = toldLoss(state, input);
      return occurredOn === undefined ? [] : possibleDuplicates(orm, room, { ...told, occurredOn });
    },
    catastrophe: ({ state, input }) => catastropheOf(orm, toldLoss(state, input)),
  };
};
