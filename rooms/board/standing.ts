/** What stands where at this moment, out of the sums: shared by the boards and the reports over REST. */
import { openStatuses } from '../claim/transitions.ts';
import type { Tally } from '../tally.ts';

type Counts = Readonly<Record<string, number>>;
const isOpen: ReadonlySet<string> = new Set(openStatuses);
/** Not weighed yet. */
const unweighed = 'none';

export interface Standings {
  readonly total: number;
  readonly byStatus: Counts;
  readonly open: number;
  readonly openByPriority: Counts;
  /** Open claims, by status and priority. */
  readonly openByStatus: Readonly<Record<string, Counts>>;
  /** Open, and a time we had promised was missed. */
  readonly late: number;
  /** Open, and in nobody's hands. */
  readonly unassigned: number;
}

const added = (counts: Record<string, number>, key: string, n: number) => {
  counts[key] = (counts[key] ?? 0) + n;
};

export const standings = (tally: Tally): Standings => {
  const byStatus: Record<string, number> = {};
  const openByPriority: Record<string, number> = {};
  const openByStatus: Record<string, Record<string, number>> = {};
  let total = 0;
  let open = 0;
  let late = 0;
  for (const { by, n, sums } of tally.cells('standing')) {
    const status = by[0]!;
    const priority = by[1] ?? unweighed;
    total += n;
    added(byStatus, status, n);
    if (!isOpen.has(status)) continue;
    open += n;
    late += sums[0]!;
    added(openByPriority, priority, n);
    added((openByStatus[status] ??= {}), priority, n);
  }
  let inHand = 0;
  for (const { n } of tally.cells('hands')) inHand += n;
  return { total, byStatus, open, openByPriority, openByStatus, late, unassigned: open - inHand };
};

export interface Sum {
  readonly reserve: number;
  readonly paid: number;
}
/** By currency, in minor units; sums of nothing are left out. */
export const moneyOf = (tally: Tally): Readonly<Record<string, Sum>> => {
  const money: Record<string, Sum> = {};
  for (const { by, sums } of tally.cells('money'))
    if (sums[0] !== 0 || sums[1] !== 0) money[by[0]!] = { reserve: sums[0]!, paid: sums[1]! };
  return money;
};

export const countOn = (
  tally: Tally,
  cube: 'reported' | 'assessmentsStarted' | 'broken' | 'closed',
  day: string,
): number => {
  let count = 0;
  for (const { n } of tally.cells(cube, day)) count += n;
  return count;
};

export interface Load {
  readonly inHand: number;
  readonly late: number;
  readonly byPriority: Counts;
}
/** What agents have in hand; of one agent, or by agent. */
export const loads = (tally: Tally, agent?: string): ReadonlyMap<string, Load> => {
  const byAgent = new Map<string, Load>();
  for (const { by, n, sums } of tally.cells('hands', agent)) {
    const { inHand, late, byPriority } = byAgent.get(by[0]!) ?? { inHand: 0, late: 0, byPriority: {} };
    const priorities = { ...byPriority };
    added(priorities, by[1] ?? unweighed, n);
    byAgent.set(by[0]!, { inHand: inHand + n, late: late + sums[0]!, byPriority: priorities });
  }
  return byAgent;
};

export interface Struck {
  readonly total: number;
  readonly open: number;
  readonly byStatus: Counts;
  readonly money: Readonly<Record<string, Sum>>;
}
/** Claims of catastrophes; of one, or by its id. */
export const struckBy = (tally: Tally, catastrophe?: string): ReadonlyMap<string, Struck> => {
  const byId = new Map<string, Struck>();
  for (const { by, n, sums } of tally.cells('catastrophes', catastrophe)) {
    const [id, status, currency] = by;
    const before = byId.get(id!) ?? { total: 0, open: 0, byStatus: {}, money: {} };
    const byStatus = { ...before.byStatus };
    if (status !== null && status !== undefined) added(byStatus, status, n);
    const money: Record<string, Sum> = { ...before.money };
    const [reserve = 0, paid = 0] = sums;
    if (currency && (reserve !== 0 || paid !== 0)) {
      const so = money[currency] ?? { reserve: 0, paid: 0 };
      money[currency] = { reserve: so.reserve + reserve, paid: so.paid + paid };
    }
    const isStillOpen = status !== null && status !== undefined && isOpen.has(status);
    byId.set(id!, { total: before.total + n, open: before.open + (isStillOpen ? n : 0), byStatus, money });
  }
  return byId;
};
