/** Rows of the tables as records, field by field: what the mapper hangs on its entities stays behind. */
import type { Customer, Policy, PolicyVersion, Vehicle } from './entities.ts';
import type { CustomerRecord, PolicyRecord, VehicleRecord, VersionRecord } from './records.ts';

export const customerOf = ({ id, name, email, phone, postcode, isVulnerable }: Customer): CustomerRecord => ({
  id,
  name,
  email: email ?? null,
  phone: phone ?? null,
  postcode: postcode ?? null,
  isVulnerable,
});

export const vehicleOf = ({ id, registration, vin, make, model, year, fuel }: Vehicle): VehicleRecord => ({
  id,
  registration,
  vin: vin ?? null,
  make,
  model,
  year,
  fuel: fuel as VehicleRecord['fuel'],
});

export const policyOf = ({ number, customerId, line, currency, inception, status }: Policy): PolicyRecord => ({
  number,
  customerId,
  line: line as PolicyRecord['line'],
  currency: currency as PolicyRecord['currency'],
  inception,
  status: status as PolicyRecord['status'],
});

export const versionOf = (row: PolicyVersion): VersionRecord => ({
  policyNumber: row.policyNumber,
  version: row.version,
  validFrom: row.validFrom,
  validTo: row.validTo ?? null,
  termStart: row.termStart,
  termEnd: row.termEnd,
  recordedAt: row.recordedAt.toISOString(),
  reason: row.reason as VersionRecord['reason'],
  vehicleId: row.vehicleId ?? null,
  coverages: row.coverages,
  premium: row.premium,
});
