/** What the demo's people are insured for: the policies its claims are made under. */
import { derivedId } from '../runtime/command-hash.ts';
import { car, contents, house, type Policy, yearly } from './coverages.ts';
import { insured } from './past/insured.ts';
import { demoIds } from './people.ts';

const vehicle = {
  id: derivedId('2026-11-02T08:30:00.000Z', 'demo vehicle 1'),
  registration: 'BX21 KLO',
  vin: 'WBA3A5G59DNP26082',
  make: 'BMW',
  model: '328i',
  year: 2021,
  fuel: 'petrol',
} as const;

const carl = { id: demoIds.carl, name: 'Carl Brandt', email: 'carl@claimroom.example', postcode: 'NR9 3AU' };
const mia = { id: demoIds.mia, name: 'Mia Castellano', email: 'mia@claimroom.example', postcode: 'NR1 4DJ' };

/** Of those who can sign in; the other customers' are beside their records, in `past/insured.ts`. */
const ofPeople = (today: string): readonly Policy[] => [
  {
    number: 'MOT-118203',
    line: 'motor',
    currency: 'GBP',
    inception: '2025-04-01',
    customer: carl,
    versions: yearly('2025-04-01', today, { vehicle, coverages: car, premium: 744_15 }),
  },
  {
    number: 'HOM-204417',
    line: 'home',
    currency: 'GBP',
    inception: '2026-02-01',
    customer: mia,
    versions: yearly('2026-02-01', today, { coverages: house, premium: 418_00 }),
  },
  {
    number: 'HOM-330951',
    line: 'home',
    currency: 'GBP',
    inception: '2026-06-15',
    customer: mia,
    versions: yearly('2026-06-15', today, { coverages: contents, premium: 131_75 }),
  },
];

export const demoPolicies = (today: string): readonly Policy[] => [
  ...ofPeople(today),
  ...insured.flatMap(({ policies }) => policies(today)),
];
