/** What claims are searched by: the words of each, beside its list row and in the same statement. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';
import { forStaff, plateWords, searchWords } from './search-words.ts';

export const claimSearchTable: Table = {
  table: 'claim_search',
  key: 'id',
  columns: { id: 'uuid', words: 'text' },
  // A claim gets many events and seldom other words.
  isMostlySame: true,
};

/** The holder may read the loss; whose other cars were there is for staff. */
export const claimSearch: Projection = {
  name: 'claim_search',
  of: 'claim',
  version: 1,
  row(state, { room }) {
    const { number, loss, vehicles } = state as Claim;
    const plates = Object.values(vehicles).flatMap(({ registration }) => plateWords(registration));
    const words = [searchWords([number]), toldOf(loss), ...forStaff(plates)];
    return { id: room.slice('claim/'.length), words: words.filter(Boolean).join(' ') };
  },
};

/** Most events leave the loss as it is, and it may be long. */
const toldByLoss = new WeakMap<Claim['loss'], string>();
const toldOf = (loss: Claim['loss']): string => {
  const known = toldByLoss.get(loss);
  if (known !== undefined) return known;
  const { policyNumber, place, narrative, registration } = loss;
  const told = [searchWords([policyNumber, place, narrative]), ...plateWords(registration)].filter(Boolean).join(' ');
  toldByLoss.set(loss, told);
  return told;
};
