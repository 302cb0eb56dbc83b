/** Customers, vehicles, policies and versions as the tables hold them: every field told. */
import type { Customer, ImportedPolicy, ImportedVersion, Vehicle } from './schema.ts';

export type CustomerRecord = Readonly<Required<Customer>>;
export type VehicleRecord = Readonly<Required<Vehicle>>;
export type PolicyRecord = Readonly<Required<Omit<ImportedPolicy, 'customer' | 'versions'>>> & {
  readonly customerId: string;
};
export type VersionRecord = Readonly<Omit<ImportedVersion, 'vehicle'>> & {
  readonly policyNumber: string;
  readonly vehicleId: string | null;
  readonly recordedAt: string;
};

/** What the tables hold already of what an import names. */
export interface Recorded {
  readonly customersById: ReadonlyMap<string, CustomerRecord>;
  /** Those named, and those that bear a registration that is named. */
  readonly vehiclesById: ReadonlyMap<string, VehicleRecord>;
  readonly policiesByNumber: ReadonlyMap<string, PolicyRecord>;
  /** In ascending order. */
  readonly versionsByNumber: ReadonlyMap<string, readonly VersionRecord[]>;
}
