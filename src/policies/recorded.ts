/** What the tables hold of the rows of an import: of a long history only the versions that are named, and the newest. */
import type { Orm } from '../store/orm.ts';
import { Customer, Policy, PolicyVersion, Vehicle } from './entities.ts';
import type { ImportRow } from './plan.ts';
import type { Recorded } from './records.ts';
import { customerOf, policyOf, vehicleOf, versionOf } from './stored.ts';

type EntityManager = ReturnType<Orm['em']['fork']>;

export const readRecorded = async (em: EntityManager, rows: readonly ImportRow[]): Promise<Recorded> => {
  const numbers = rows.map(({ policy }) => policy.number);
  const named = rows.flatMap(({ policy }) => policy.versions.flatMap(({ vehicle }) => vehicle ?? []));
  const customers = await em.find(Customer, { id: { $in: rows.map(({ policy }) => policy.customer.id) } });
  const vehicles = await em.find(Vehicle, {
    $or: [{ id: { $in: named.map(({ id }) => id) } }, { registration: { $in: named.map((it) => it.registration) } }],
  });
  const policies = await em.find(Policy, { number: { $in: numbers } });
  const versions = await readVersions(em, rows);
  return {
    customersById: new Map(customers.map((customer) => [customer.id, customerOf(customer)])),
    vehiclesById: new Map(vehicles.map((vehicle) => [vehicle.id, vehicleOf(vehicle)])),
    policiesByNumber: new Map(policies.map((policy) => [policy.number, policyOf(policy)])),
    versionsByNumber: Map.groupBy(versions.map(versionOf), ({ policyNumber }) => policyNumber),
  };
};

const readVersions = async (em: EntityManager, rows: readonly ImportRow[]): Promise<PolicyVersion[]> => {
  const named = rows.flatMap(({ policy: { number, versions } }) =>
    versions.map(({ version }) => ({ number, version })),
  );
  const found = await em.execute<object[]>(
    `with named as (select number, version from jsonb_to_recordset(?::jsonb) as it(number text, version int))
     select v.* from policy_versions v join (
       select number, version from named
       union
       select n.number, newest.version from (select distinct number from named) n cross join lateral (
         select max(w.version) as version from policy_versions w where w.policy_number = n.number
       ) newest
     ) wanted on v.policy_number = wanted.number and v.version = wanted.version
     order by v.version`,
    [JSON.stringify(named)],
  );
  return found.map((row) => em.map(PolicyVersion, row));
};
