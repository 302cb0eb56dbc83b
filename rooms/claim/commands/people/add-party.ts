import { reject } from '../../../kit.ts';
import { known } from '../../checks.ts';
import { full } from '../../most.ts';
import { reweigh } from '../../priority.ts';
import { NewParty } from '../../records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const addParty = command({
  summary: 'Add somebody who has to do with the loss.',
  may: ['holder', 'desk', 'handler', 'supervisor', 'system'],
  when: when('addParty'),
  input: NewParty,
  decide(claim, party, { now, seat }) {
    // A link gives a seat; a holder gives none away.
    const link = (['customerId', 'accountId'] as const).find((field) => party[field] !== undefined);
    if (seat === 'holder' && link) return reject('forbidden', { field: link });
    const { id, ...rest } = party;
    const n = Object.keys(claim.parties).length;
    const after = { ...claim, parties: { ...claim.parties, [id]: { n: n + 1, ...rest } } };
    return (
      known(claim.parties, id, 'claim/party-exists') ??
      full('parties', n) ?? [{ type: 'partyAdded', data: { ...party, ...reweigh(claim, after, now) } }]
    );
  },
});
