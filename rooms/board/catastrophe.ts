/** One catastrophe: how many claims it has brought, where they stand, and what they cost. */
import { derivedOf } from '../derived.ts';
import { staff } from './seats.ts';
import { struckBy } from './standing.ts';

export const catastropheBoard = derivedOf<'staff'>()({
  id: 'board/catastrophe-*',
  summary: 'The claims of one catastrophe, whose id stands in the name.',
  seat: staff,
  view: {
    staff: (tally, { name }) => struckBy(tally, name).get(name) ?? { total: 0, open: 0, byStatus: {}, money: {} },
  },
});
