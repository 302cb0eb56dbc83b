/** What claims are searched by: the words of each, beside its list row and in the same statement. */
import type { Claim } from '../../rooms/claim/claim.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';
import { forStaff, plateWords, searchWords } from './search-words.ts';

export const claimSearchTable: Table = {
  table: 'claim_search',
  key: 'id',
  columns: { id: 'uuid', words: 'text' },
};

/** The holder may read the loss; whose other cars were there is for staff. */
export const claimSearch: Projection = {
  name: 'claim_search',
  of: 'claim',
  version: 1,
  row: (state, { room }) => ({ id: room.slice('claim/'.length), words: wordsOf(state as Claim) }),
};

interface Known {
  readonly vehicles: Claim['vehicles'];
  readonly number: string;
  readonly words: string;
}
/** Most events leave all of it as it is, and cutting words is slow. */
const knownByLoss = new WeakMap<Claim['loss'], Known>();
const wordsOf = ({ number, loss, vehicles }: Claim): string => {
  const known = knownByLoss.get(loss);
  if (known?.vehicles === vehicles && known.number === number) return known.words;
  const { policyNumber, place, narrative, registration } = loss;
  const plates = Object.values(vehicles).flatMap((vehicle) => plateWords(vehicle.registration));
  const told = [searchWords([policyNumber, place, narrative]), ...plateWords(registration)];
  const words = [searchWords([number]), ...told, ...forStaff(plates)].filter(Boolean).join(' ');
  knownByLoss.set(loss, { vehicles, number, words });
  return words;
};
