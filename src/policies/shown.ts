/** A policy as it leaves the house. Holders see their own; what is noted about them is for staff. */
import { z } from 'zod';
import { Currency, Day, Instant, Uuid } from '../../rooms/values.ts';
import type { FoundPolicy } from './policies.ts';
import { Customer, Line, PolicyNumber, Reason, Status, Version } from './schema.ts';

const heading = {
  number: PolicyNumber,
  line: Line,
  currency: Currency,
  inception: Day.meta({ description: 'The first day it was ever insured.' }),
  status: Status.meta({
    description: 'What the policy system calls it. Whether a day is covered is for the versions to say.',
  }),
};
const term = {
  termStart: Day,
  termEnd: Day.meta({ description: 'The first day after the term.' }),
};

export const ListedPolicy = z.object({
  ...heading,
  ...term,
  holderId: Uuid,
  holderName: z.string(),
  registration: z.string().nullable().meta({ description: 'Of the vehicle in the newest version.' }),
});

export const ShownPolicy = z.object({
  ...heading,
  holder: Customer,
  inForce: z.boolean().meta({ description: 'Was anything insured on that day?' }),
  version: Version.meta({ description: 'The version that speaks for that day, or the nearest to it.' }),
  versions: z
    .array(
      z.object({
        version: z.int(),
        validFrom: Day,
        validTo: Day.nullable(),
        ...term,
        reason: Reason,
        recordedAt: Instant,
      }),
    )
    .meta({ description: 'All that were known, oldest first. On any day the highest one that covers it counts.' }),
});

export const shownPolicy = (found: FoundPolicy, isStaff: boolean): z.input<typeof ShownPolicy> => {
  const { id, name, email, phone, postcode, isVulnerable } = found.holder;
  const { policyNumber: _, vehicleId: __, ...version } = found.version;
  return {
    number: found.number,
    line: found.line,
    currency: found.currency,
    inception: found.inception,
    status: found.status,
    holder: { id, name, email, phone, postcode, ...(isStaff && { isVulnerable }) },
    inForce: found.isInForce,
    version: { ...version, vehicle: found.vehicle },
    versions: found.versions.map(({ version, validFrom, validTo, termStart, termEnd, reason, recordedAt }) => ({
      version,
      validFrom,
      validTo,
      termStart,
      termEnd,
      reason,
      recordedAt,
    })),
  };
};
