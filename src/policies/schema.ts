/** What a policy consists of, as schemas: what is imported is what is shown again. Terms: docs/language.md. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Peril } from '../../rooms/claim/loss.ts';
import { Currency, Day, Text, Uuid } from '../../rooms/values.ts';

/** One import is checked and written in one go, while the server goes on with its rooms. */
export const policiesPerImportMax = 1_000;
const versionsPerImportedPolicyMax = 50;

/** Written in capitals: people type it from a letter, and two spellings must not be two policies. No slash, so that it fits into an address. */
export const PolicyNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9._-]{0,39}$/, 'letters, digits, dots and dashes, at most 40 of them');
/** Without blanks and in capitals, as it is asked for everywhere. */
export const Registration = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}-]{1,15}$/u, 'a registration such as AB12CDE'));
const Vin = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-HJ-NPR-Z0-9]{17}$/, '17 characters without I, O and Q');

export const Line = z.enum(['motor', 'home', 'travel', 'health', 'pet']);
export const Status = z.enum(['pending', 'active', 'cancelled', 'lapsed', 'expired']);
export const Reason = z.enum(['new-business', 'endorsement', 'renewal', 'cancellation', 'reinstatement', 'correction']);
const MinorUnits = z.int().nonnegative();

/** A field that is left out stays as it is recorded; null clears it. */
export const Customer = z.strictObject({
  id: Uuid,
  // Composed, so that a name typed on one system is found by a search typed on another.
  name: Text(200).normalize('NFC'),
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)).nullable().exactOptional(),
  phone: Text(40).nullable().exactOptional(),
  postcode: Text(12).toUpperCase().nullable().exactOptional(),
  isVulnerable: z.boolean().exactOptional().meta({ description: 'Needs particular care. Shown to staff only.' }),
});
export type Customer = z.output<typeof Customer>;

export const Vehicle = z.strictObject({
  id: Uuid,
  registration: Registration,
  vin: Vin.nullable().exactOptional(),
  make: Text(60),
  model: Text(60),
  year: z.int().min(1886).max(2100),
  fuel: z.enum(['petrol', 'diesel', 'hybrid', 'electric', 'gas', 'other']),
});
export type Vehicle = z.output<typeof Vehicle>;

export const Coverage = z.strictObject({
  name: Text(120),
  perils: z.array(Peril).min(1).max(20),
  // To be said in so many words: a limit somebody forgot must not become none.
  limit: MinorUnits.nullable().meta({ description: 'Minor units; null: without limit.' }),
  excess: MinorUnits.meta({ description: 'Minor units: what the holder bears of each loss.' }),
});
export const Coverages = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a code such as own-damage'), Coverage)
  .refine((coverages) => Object.keys(coverages).length <= 40, 'at most 40 coverages');
export type Coverages = z.output<typeof Coverages>;

const fields = {
  version: z.int().min(1).max(500).meta({ description: 'Rises with every change; gaps are allowed.' }),
  validFrom: Day,
  validTo: Day.nullable().default(null).meta({ description: 'The first day it no longer holds; null: end of term.' }),
  termStart: Day,
  termEnd: Day.meta({ description: 'The first day after the term.' }),
  reason: Reason,
  vehicle: Vehicle.nullable().default(null),
  coverages: Coverages.meta({ description: 'By code. None at all: no cover, which is what a cancellation says.' }),
  premium: MinorUnits.meta({ description: 'Minor units, for the whole term.' }),
};
/** As it is shown: a version, and when it became known here. */
export const Version = z.strictObject({ ...fields, recordedAt: z.iso.datetime({ precision: 3 }) });
const ImportedVersion = z.strictObject(fields).superRefine((version, { addIssue }) => {
  const { validFrom, validTo, termStart, termEnd, reason, coverages } = version;
  const fault = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
  if (termEnd <= termStart) return fault('termEnd', 'must be after termStart');
  if (validFrom < termStart || validFrom >= termEnd) fault('validFrom', 'must lie in the term');
  if (validTo !== null && (validTo <= validFrom || validTo > termEnd))
    fault('validTo', 'must be after validFrom and not after termEnd');
  if ((reason === 'cancellation') !== (Object.keys(coverages).length === 0))
    fault('coverages', 'a cancellation has none, every other version has some');
});
export type ImportedVersion = z.output<typeof ImportedVersion>;

/** One policy as it is imported, with its versions or only the newest of them. */
export const ImportedPolicy = z
  .strictObject({
    number: PolicyNumber,
    line: Line,
    currency: Currency,
    inception: Day,
    status: Status.exactOptional(),
    customer: Customer,
    versions: z.array(ImportedVersion).min(1).max(versionsPerImportedPolicyMax),
  })
  .superRefine(({ inception, versions }, { addIssue }) =>
    versions.forEach(({ version, validFrom, vehicle }, i) => {
      const fault = (field: string, message: string) =>
        addIssue({ code: 'custom', path: ['versions', i, field], message });
      if (validFrom < inception) fault('validFrom', 'before the inception of the policy');
      if (i > 0 && version <= versions[i - 1]!.version) fault('version', 'must be greater than the one before');
      if (vehicle && !isDeepStrictEqual(firstLike(vehicle, versions), vehicle))
        fault('vehicle', 'is described otherwise in a version before');
    }),
  );
export type ImportedPolicy = z.output<typeof ImportedPolicy>;

const firstLike = ({ id, registration }: Vehicle, versions: readonly ImportedVersion[]) =>
  versions.find(({ vehicle }) => vehicle?.id === id || vehicle?.registration === registration)?.vehicle;
