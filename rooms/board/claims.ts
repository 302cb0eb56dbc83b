/** The claims board: how many claims stand at each status, live. */
import { derivedOf } from '../derived.ts';
import { staff } from './seats.ts';
import { standings } from './standing.ts';

export const claimsBoard = derivedOf<'staff'>()({
  id: 'board/claims',
  summary: 'How many claims stand at each status.',
  seat: staff,
  view: {
    staff(tally) {
      const { byStatus, total } = standings(tally);
      return { byStatus, total };
    },
  },
});
