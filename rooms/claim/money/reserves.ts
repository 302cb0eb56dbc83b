/** Reserve lines: exposure × cost type × cost category. What a line holds is open until a payment uses it up or it is let go. */
import { z } from 'zod';
import { Uuid7, type Money } from '../../values.ts';
import type { Claim } from '../claim.ts';
import { CostCategory, CostType, type ReserveLine } from './records.ts';

/** Which line, as people name it. Without an exposure it is for the claim as a whole. */
export const lineFields = {
  exposureId: Uuid7.meta({ title: 'Exposure' }).optional(),
  costType: CostType.meta({ title: 'Damage or expense' }).optional(),
  costCategory: CostCategory.meta({ title: 'What for' }).optional(),
};
const LineName = z.object(lineFields);
export interface LineName {
  readonly exposureId?: string | undefined;
  readonly costType?: z.output<typeof LineName>['costType'];
  readonly costCategory?: z.output<typeof LineName>['costCategory'];
}

/** The line nobody has to name: what the claim as a whole will cost. */
export const generalLine = 'claim.indemnity.general';
export const LineKey = z
  .string()
  .max(80)
  .regex(/^[a-z0-9-]+\.[a-z]+\.[a-z]+$/, 'a line such as claim.indemnity.general');
export const lineKey = ({ exposureId = 'claim', costType = 'indemnity', costCategory = 'general' }: LineName) =>
  `${exposureId}.${costType}.${costCategory}`;
export const isIndemnity = (key: string): boolean => key.split('.')[1] === 'indemnity';
export const exposureOf = (key: string): string | undefined => {
  const [of] = key.split('.');
  return of === 'claim' ? undefined : of;
};
/** What of a name is worth writing down. */
export const namedLine = ({ exposureId, costType, costCategory }: LineName) => ({
  ...(exposureId !== undefined && { exposureId }),
  ...(costType !== undefined && { costType }),
  ...(costCategory !== undefined && { costCategory }),
});

type Lines = Claim['reserveLines'];
export const lineAt = (lines: Lines, key: string): ReserveLine | undefined =>
  Object.hasOwn(lines, key) ? lines[key] : undefined;

const money = (amount: number, { currency }: Money): Money => ({ amount, currency });
const newLine = (name: LineName, n: number, nothing: Money): ReserveLine => {
  const { exposureId, costType = 'indemnity', costCategory = 'general' } = name;
  return { n, ...(exposureId !== undefined && { exposureId }), costType, costCategory, open: nothing, eroded: nothing };
};

/** The lines with this one changed, and what they hold open together. */
const withLine = (lines: Lines, key: string, line: ReserveLine): Pick<Claim, 'reserveLines' | 'reserve'> =>
  totalled({ ...lines, [key]: line }, line.open);
const totalled = (reserveLines: Lines, { currency }: Money): Pick<Claim, 'reserveLines' | 'reserve'> => ({
  reserveLines,
  reserve: { amount: Object.values(reserveLines).reduce((sum, { open }) => sum + open.amount, 0), currency },
});

const lineOf = ({ reserveLines }: Claim, name: LineName, nothing: Money): ReserveLine =>
  lineAt(reserveLines, lineKey(name)) ?? newLine(name, Object.keys(reserveLines).length + 1, nothing);

/** What the lines have come to: put aside, and used up. */
export const incurredOn = ({ reserveLines }: Pick<Claim, 'reserveLines'>): number =>
  Object.values(reserveLines).reduce((sum, { open, eroded }) => sum + open.amount + eroded.amount, 0);

/**
 * Would the claim as a whole then have come to more than somebody may put aside alone? The whole, so that nobody gets round it
 * line by line; with what is used up, so that nobody gets round it by paying and putting aside again. Putting less aside than
 * before is within everybody's authority.
 */
export const reserveBeyond = (claim: Claim, key: string, { amount }: Money, limit: number): boolean => {
  const before = incurredOn(claim);
  const after = before - (lineAt(claim.reserveLines, key)?.open.amount ?? 0) + amount;
  return after > limit && after > before;
};

/** From now on the line keeps this much open; whatever waited for approval on it is overtaken. */
export const reserved = (claim: Claim, name: LineName, open: Money) => {
  const { pending: _, ...line } = lineOf(claim, name, money(0, open));
  return withLine(claim.reserveLines, lineKey(name), { ...line, open });
};
export const asked = (claim: Claim, name: LineName, pending: NonNullable<ReserveLine['pending']>) => {
  const line = lineOf(claim, name, money(0, pending.reserve));
  return withLine(claim.reserveLines, lineKey(name), { ...line, pending });
};
/** The answer to what waited: the amount, or nothing when it was refused. */
export const answered = (claim: Claim, key: string, open: Money | null) => {
  const { pending: _, ...line } = claim.reserveLines[key]!;
  return withLine(claim.reserveLines, key, { ...line, ...(open && { open }) });
};
/** A payment uses some of the line up; a final one gives the rest back. */
export const eroded = (claim: Claim, key: string, amount: Money, released: number) => {
  const line = claim.reserveLines[key]!;
  return withLine(claim.reserveLines, key, {
    ...line,
    open: money(line.open.amount - amount.amount - released, amount),
    eroded: money(line.eroded.amount + amount.amount, amount),
  });
};
/**
 * The payment came to nothing: what it used up is open again, so the line comes to as much as before and never to more. What
 * it let go as a final one stays let go: somebody may have put it aside elsewhere since.
 */
export const restored = (claim: Claim, key: string, amount: Money) =>
  eroded(claim, key, money(-amount.amount, amount), 0);

/** Nothing more will be paid from these lines: what they hold open, and what waits on them, is let go. */
export const letGo = (claim: Claim, isMeant: (line: ReserveLine) => boolean = () => true) => {
  if (!claim.reserve) return {};
  const lines = Object.entries(claim.reserveLines).map(([key, line]) => {
    const { pending: _, ...rest } = line;
    return [key, isMeant(line) ? { ...rest, open: money(0, line.open) } : line] as const;
  });
  return totalled(Object.fromEntries(lines), claim.reserve);
};
