/** Putting money aside: a first guess, a better one, and what is needed to pay what was accepted. */
import { generalLine } from '../../../rooms/claim/money/reserves.ts';
import type { Peril } from '../../../rooms/claim/loss.ts';
import type { z } from 'zod';
import { type Act, act, isMine, type Place, type StaffView } from './act.ts';
import { booksOf } from './books.ts';

/** What such a loss usually costs, in pounds (or whichever currency the policy is in). */
const usual: Readonly<Record<z.output<typeof Peril>, readonly [least: number, most: number]>> = {
  collision: [700, 6_800],
  theft: [250, 3_900],
  fire: [1_800, 26_000],
  water: [600, 9_500],
  storm: [350, 5_200],
  glass: [140, 620],
  vandalism: [220, 1_900],
  other: [180, 1_400],
};
const round = (amount: number) => Math.max(10_00, Math.round(amount / 10_00) * 10_00);

const unsettled: ReadonlySet<string> = new Set(['assigned', 'assessment', 'review']);
const underWay: ReadonlySet<string> = new Set(['assessment', 'review']);
const accepted: ReadonlySet<string> = new Set(['approved', 'partially_approved', 'settling']);

export const reserving = (view: StaffView, place: Place): Act[] => [
  ...approvals(view, place),
  ...(isMine(view, place) ? guesses(view, place) : []),
];

const guesses = (view: StaffView, { dice }: Place): Act[] => {
  const { status, loss, reserveLines } = view;
  const { currency, peril = 'other' } = loss;
  const line = reserveLines[generalLine];
  if (currency === undefined || Object.values(reserveLines).some(({ pending }) => pending)) return [];
  const set = (weight: number, amount: number, why: string) =>
    act(weight, 'setReserve', { reserve: { amount, currency }, why, requestApproval: true });
  const { openIndemnity, owed, roomOn } = booksOf(view);
  if (unsettled.has(status) && openIndemnity === 0) {
    const [least, most] = usual[peril];
    // Most losses are small.
    const share = dice.roll() * dice.roll();
    return [set(9, round((least + share * (most - least)) * 100), `First estimate, ${peril}, from what was reported.`)];
  }
  if (accepted.has(status) && owed > 0 && !Object.keys(reserveLines).some((key) => roomOn(key) > 0))
    return [set(9, (line?.open.amount ?? 0) + owed, 'To cover what was accepted.')];
  if (!underWay.has(status) || !line || line.open.amount === 0) return [];
  const better = round((line.open.amount * dice.between(85, 130)) / 100);
  return better === line.open.amount ? [] : [set(0.4, better, 'Estimate of the repairer.')];
};

/** Somebody else’s, and within one’s authority over the whole claim. */
const approvals = ({ reserveLines, reserve, exposures }: StaffView, { me }: Place): Act[] =>
  Object.entries(reserveLines).flatMap(([key, { pending, open, exposureId }]) => {
    if (!pending || pending.by === me.accountId) return [];
    const before = reserve?.amount ?? 0;
    const after = before - open.amount + pending.reserve.amount;
    const isClosed = exposureId !== undefined && exposures[exposureId]?.status === 'closed';
    return isClosed || (after > me.limits.reserve && after > before) ? [] : [act(8, 'approveReserve', { line: key })];
  });
