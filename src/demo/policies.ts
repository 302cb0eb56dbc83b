/** What the demo's people are insured for: the policies its claims are made under. */
import type { z } from 'zod';
import { derivedId } from '../runtime/command-hash.ts';
import type { ImportedPolicy } from '../policies/schema.ts';
import { demoIds } from './people.ts';

type Policy = z.input<typeof ImportedPolicy>;
type Version = Policy['versions'][number];
type Coverage = Version['coverages'][string];

const vehicle = {
  id: derivedId('2026-11-02T08:30:00.000Z', 'demo vehicle 1'),
  registration: 'BX21 KLO',
  vin: 'WBA3A5G59DNP26082',
  make: 'BMW',
  model: '328i',
  year: 2021,
  fuel: 'petrol',
} as const;

const covers = (name: string, perils: Coverage['perils'], limit: number | null, excess: number): Coverage => ({
  name,
  perils,
  limit,
  excess,
});
const car = {
  'own-damage': covers(
    'Damage to your car',
    ['collision', 'fire', 'storm', 'water', 'vandalism', 'other'],
    null,
    350_00,
  ),
  theft: covers('Theft of your car', ['theft'], null, 500_00),
  glass: covers('Windscreen and windows', ['glass'], 1_000_00, 25_00),
  injury: covers('Injury to you and your passengers', ['collision'], 10_000_00, 0),
};
const house = {
  buildings: covers('Buildings', ['fire', 'water', 'storm', 'vandalism'], 450_000_00, 250_00),
  'escape-of-water': covers('Escape of water', ['water'], 30_000_00, 450_00),
  contents: covers('Contents at home', ['fire', 'water', 'storm', 'theft'], 60_000_00, 200_00),
};
const contents = {
  contents: covers('Contents at home', ['fire', 'water', 'storm', 'theft'], 25_000_00, 150_00),
};

/** The year in which the demo's losses happened. */
const storyYear = 2026;

/** One version a year, the first from `inception` on, renewed until it covers today: whoever plays with the demo later is insured, too. */
const yearly = (
  inception: string,
  today: string,
  version: Pick<Version, 'coverages' | 'vehicle' | 'premium'>,
): Version[] => {
  const first = Number(inception.slice(0, 4));
  const start = (nth: number) => `${first + nth}${inception.slice(4)}`;
  const versions: Version[] = [];
  for (let nth = 0; first + nth <= storyYear || start(nth) <= today; nth++)
    versions.push({
      ...version,
      version: nth + 1,
      termStart: start(nth),
      termEnd: start(nth + 1),
      validFrom: start(nth),
      reason: nth === 0 ? 'new-business' : 'renewal',
    });
  return versions;
};

const carl = { id: demoIds.carl, name: 'Carl Brandt', email: 'carl@claimroom.example', postcode: 'NR9 3AU' };
const mia = { id: demoIds.mia, name: 'Mia Castellano', email: 'mia@claimroom.example', postcode: 'NR1 4DJ' };

export const demoPolicies = (today: string): readonly Policy[] => [
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
