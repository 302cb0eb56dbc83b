/** For tests of policies: one that is sound, to be changed where a test needs it otherwise. */
import type { z } from 'zod';
import type { ImportedPolicy } from './schema.ts';

export type PolicyInput = z.input<typeof ImportedPolicy>;
type VersionInput = PolicyInput['versions'][number];

export const fakeId = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const vehicle = {
  id: fakeId(0xca),
  registration: 'AB12 CDE',
  make: 'Skoda',
  model: 'Octavia',
  year: 2021,
  fuel: 'petrol',
} as const;
export const coverages = {
  'own-damage': { name: 'Damage to your car', perils: ['collision', 'fire'], limit: null, excess: 250_00 },
} as const satisfies VersionInput['coverages'];

/** Of the year 2026. */
export const version = (change: Partial<VersionInput> = {}): VersionInput => ({
  version: 1,
  validFrom: '2026-01-01',
  termStart: '2026-01-01',
  termEnd: '2027-01-01',
  reason: 'new-business',
  vehicle,
  coverages: structuredClone(coverages) as unknown as VersionInput['coverages'],
  premium: 612_40,
  ...change,
});

export const policy = (change: Partial<PolicyInput> = {}): PolicyInput => ({
  number: 'MOT-1',
  line: 'motor',
  currency: 'GBP',
  inception: '2026-01-01',
  customer: { id: fakeId(0xc1), name: 'Henry Okoro' },
  versions: [version()],
  ...change,
});
