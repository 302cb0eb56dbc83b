/** What the demo's policies cover, and how they are renewed. */
import type { z } from 'zod';
import type { ImportedPolicy } from '../policies/schema.ts';

export type Policy = z.input<typeof ImportedPolicy>;
type Version = Policy['versions'][number];
type Coverage = Version['coverages'][string];

const covers = (name: string, perils: Coverage['perils'], limit: number | null, excess: number): Coverage => ({
  name,
  perils,
  limit,
  excess,
});
export const car = {
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
export const carAndOthers = {
  ...car,
  'third-party': covers('Damage and injury to others', ['collision'], 20_000_000_00, 0),
};
export const house = {
  buildings: covers('Buildings', ['fire', 'water', 'storm', 'vandalism'], 450_000_00, 250_00),
  'escape-of-water': covers('Escape of water', ['water'], 30_000_00, 450_00),
  contents: covers('Contents at home', ['fire', 'water', 'storm', 'theft'], 60_000_00, 200_00),
};
export const houseAndAccidents = {
  ...house,
  accidents: covers('Accidents at home', ['other', 'glass', 'vandalism'], 5_000_00, 100_00),
};
export const contents = {
  contents: covers('Contents at home', ['fire', 'water', 'storm', 'theft'], 25_000_00, 150_00),
};

/** A policy covers at least this year, whatever the clock says. */
const storyYear = 2026;

/** One version a year, the first from `inception` on, renewed until it covers today: whoever plays with the demo later is insured, too. */
export const yearly = (
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
