/** Who and what the claim is about. */
import { callers, claimsByStatus, type Event, idOf, partyAdded, partyId, vehicleId } from '../../fake-claims.ts';
import { testCommands, worked } from '../../fake-rows.ts';

const { holder, handler, thirdParty } = callers;
const { draft, assigned } = claimsByStatus;
const added = `draft submitted ${worked} denied`;
const many = (count: number, event: (n: number) => Event) => Array.from({ length: count }, (_, n) => event(n));
const nobody = idOf(99);

testCommands(import.meta.dirname, {
  addParty: {
    on: assigned,
    by: handler,
    may: 'holder desk handler supervisor system',
    when: added,
    event: [
      'partyAdded',
      {
        id: partyId,
        role: 'claimant',
        name: 'Tess Third',
        reweighed: { priority: 'P4', score: 15, reasons: { 'third-party': 15 } },
      },
    ],
    makes: {
      parties: { [partyId]: { n: 1, role: 'claimant', name: 'Tess Third' } },
      priorityReasons: { 'third-party': 15 },
    },
    refuses: [
      ['claim/party-exists', { on: [...assigned, partyAdded] }, { id: partyId }],
      ['forbidden', { by: holder, input: { accountId: idOf(7) } }, { field: 'accountId' }],
      ['forbidden', { by: holder, input: { customerId: idOf(7) } }, { field: 'customerId' }],
      [
        'claim/too-many',
        {
          on: [
            ...draft,
            ...many(60, (n) => ({ type: 'partyAdded', data: { id: idOf(n), role: 'witness', name: 'Will' } })),
          ],
          by: holder,
        },
        { of: 'parties', max: 60 },
      ],
    ],
  },
  linkParty: {
    on: [
      ...assigned,
      { type: 'partyAdded', data: { id: partyId, role: 'claimant', name: 'Tess Third', customerId: idOf(9) } },
    ],
    by: handler,
    input: { accountId: thirdParty.accountId },
    may: 'handler supervisor system',
    when: added,
    event: ['partyLinked', { id: partyId, accountId: thirdParty.accountId }],
    // Whoever it was linked to by mistake has lost the way in.
    makes: {
      [`parties/${partyId}/accountId`]: thirdParty.accountId,
      [`parties/${partyId}/customerId`]: undefined,
      [`parties/${partyId}/name`]: 'Tess Third',
    },
    refuses: [
      ['claim/no-such-party', { input: { partyId: nobody } }, { id: nobody }],
      ['invalid', { input: { accountId: undefined } }],
      ['invalid', { input: { partyId: undefined, id: partyId } }],
    ],
  },
  addVehicle: {
    on: assigned,
    by: holder,
    input: { keeper: 'holder' },
    may: 'holder desk handler supervisor assessor system',
    when: added,
    event: ['vehicleAdded'],
    makes: { vehicles: { [vehicleId]: { n: 1, registration: 'AA19 AAA', isInsured: true, keeper: 'holder' } } },
    refuses: [
      ['claim/no-such-party', { input: { keeper: nobody } }, { id: nobody }],
      [
        'claim/vehicle-exists',
        { on: [...assigned, { type: 'vehicleAdded', data: { id: vehicleId, registration: 'B', isInsured: false } }] },
        { id: vehicleId },
      ],
      [
        'claim/too-many',
        {
          on: [
            ...assigned,
            ...many(20, (n) => ({ type: 'vehicleAdded', data: { id: idOf(n), registration: 'B', isInsured: false } })),
          ],
        },
        { of: 'vehicles', max: 20 },
      ],
    ],
  },
  setLiability: {
    on: [...assigned, partyAdded],
    by: handler,
    input: { shares: { holder: 25, [partyId]: 75 } },
    may: 'handler supervisor',
    when: worked,
    event: ['liabilitySet'],
    makes: { liability: { holder: 25, [partyId]: 75 } },
    refuses: [
      ['claim/liability-sum', { input: { shares: { holder: 99 } } }, { sum: 99 }],
      ['claim/liability-sum', { input: { shares: { holder: 50, [partyId]: 51 } } }, { sum: 101 }],
      ['claim/no-such-party', { input: { shares: { holder: 50, [nobody]: 50 } } }, { id: nobody }],
      [
        'claim/unchanged',
        {
          on: [...assigned, { type: 'liabilitySet', data: { shares: { holder: 100 } } }],
          input: { shares: { holder: 100 } },
        },
        { field: 'shares' },
      ],
      ['invalid', { input: { shares: { landlord: 100 } } }],
      ['invalid', { input: { shares: { holder: 99.5, [partyId]: 0.5 } } }],
    ],
  },
});
