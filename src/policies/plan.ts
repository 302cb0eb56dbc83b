/** Decides what an import will write, without writing: which rows are new, which change something, which are refused and why. */
import { gather, type Issue } from './gather.ts';
import { newsOf, rewritten } from './history.ts';
import type { CustomerRecord, PolicyRecord, Recorded, VehicleRecord, VersionRecord } from './records.ts';
import type { ImportedPolicy, Vehicle } from './schema.ts';

export interface ImportRow {
  /** Counted from 1, as people count. */
  readonly row: number;
  readonly policy: ImportedPolicy;
}
export interface RefusedRow {
  readonly row: number;
  /** Where it can be read. */
  readonly number?: string;
  readonly issues: readonly Issue[];
}
/** Rows, by what became of them. */
export interface Imported {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}
export interface ImportPlan extends Imported {
  readonly customers: readonly CustomerRecord[];
  readonly vehicles: readonly VehicleRecord[];
  readonly policies: readonly PolicyRecord[];
  readonly versions: readonly VersionRecord[];
}

const issuesPerRowMax = 20;

/** For one import, which is planned some rows at a time: `recorded` is what the tables hold of them once those before are written. */
export const createPlanner = (now: string) => {
  const customers = gather<CustomerRecord>({ email: null, phone: null, postcode: null, isVulnerable: false });
  const vehicles = gather<VehicleRecord>({ vin: null });
  const rowByNumber = new Map<string, number>();

  return (rows: readonly ImportRow[], recorded: Recorded): ImportPlan => {
    const idByRegistration = new Map(recorded.vehiclesById.values().map(({ registration, id }) => [registration, id]));
    const registrationById = new Map(recorded.vehiclesById.values().map(({ registration, id }) => [id, registration]));
    const policies: PolicyRecord[] = [];
    const versions: VersionRecord[] = [];
    const refused: RefusedRow[] = [];
    const counts = { created: 0, changed: 0, unchanged: 0 };

    const issuesOfVehicles = (policy: ImportedPolicy): Issue[] =>
      policy.versions.flatMap(({ vehicle }, i) => {
        if (!vehicle) return [];
        const path = `versions.${i}.vehicle`;
        const bearer = idByRegistration.get(vehicle.registration) ?? vehicle.id;
        return bearer === vehicle.id
          ? vehicles.contradictions(vehicle, path)
          : [{ path: `${path}.registration`, message: 'is the registration of another vehicle' }];
      });

    const takeVehicle = (vehicle: Vehicle, row: number): boolean => {
      const { id, registration } = vehicle;
      const before = registrationById.get(id);
      // What it bore before is free for another one, in a later row.
      if (before !== undefined) idByRegistration.delete(before);
      idByRegistration.set(registration, id);
      registrationById.set(id, registration);
      return vehicles.take(vehicle, row, recorded.vehiclesById.get(id));
    };

    /** True if anything in it was not known before. */
    const take = (policy: ImportedPolicy, row: number): boolean => {
      const news = newsOf(policy, recorded, now);
      if (news.policy) policies.push(news.policy);
      versions.push(...news.versions);
      let isNews = news.policy !== null || news.versions.length > 0;
      const { customer } = policy;
      if (customers.take(customer, row, recorded.customersById.get(customer.id))) isNews = true;
      for (const { vehicle } of policy.versions) if (vehicle && takeVehicle(vehicle, row)) isNews = true;
      return isNews;
    };

    for (const { row, policy } of rows) {
      const { number } = policy;
      const twin = rowByNumber.get(number);
      const issues =
        twin === undefined
          ? [
              ...rewritten(policy, recorded),
              ...customers.contradictions(policy.customer, 'customer'),
              ...issuesOfVehicles(policy),
            ]
          : [{ path: 'number', message: `is in row ${twin}, too` }];
      if (issues.length > 0) {
        refused.push({ row, number, issues: issues.slice(0, issuesPerRowMax) });
        continue;
      }
      rowByNumber.set(number, row);
      const isNews = take(policy, row);
      if (!recorded.policiesByNumber.has(number)) counts.created++;
      else if (isNews) counts.changed++;
      else counts.unchanged++;
    }
    return { customers: customers.drain(), vehicles: vehicles.drain(), policies, versions, ...counts, refused };
  };
};
