/** Brings policies in from the system that writes them: checks each, writes what is new, and says of every other row what is wrong. */
import { issuesOf } from '../../rooms/kit.ts';
import { searchWords } from '../read/search-words.ts';
import type { Orm } from '../store/orm.ts';
import { Customer, Policy, PolicyVersion, Vehicle } from './entities.ts';
import { type Imported, type ImportRow, planImport, type RefusedRow } from './plan.ts';
import type { Recorded } from './records.ts';
import { ImportedPolicy, policiesPerImportMax, PolicyNumber } from './schema.ts';
import { customerOf, policyOf, vehicleOf, versionOf } from './stored.ts';

/** Any number, as long as nothing else in this database locks it. */
const importLock = 4_217_002;
/** Rows checked before rooms and requests get their turn again. */
const rowsPerBreath = 50;

type EntityManager = ReturnType<Orm['em']['fork']>;

export const importPolicies = async (orm: Orm, rows: readonly unknown[]): Promise<Imported> => {
  if (rows.length > policiesPerImportMax) throw new RangeError(`at most ${policiesPerImportMax} policies at once`);
  const { sound, refused } = await readRows(rows);
  const plan = await orm.em.fork().transactional(async (em) => {
    // One import at a time: what it was decided on then still holds when it is written.
    await em.execute('select pg_advisory_xact_lock(?)', [importLock]);
    const made = planImport(sound, await readRecorded(em, sound), await nowIn(em));
    const customers = made.customers.map((customer) => ({ ...customer, nameWords: searchWords([customer.name]) }));
    if (customers.length > 0) await em.upsertMany(Customer, customers);
    if (made.vehicles.length > 0) await em.upsertMany(Vehicle, [...made.vehicles]);
    if (made.policies.length > 0) await em.upsertMany(Policy, [...made.policies]);
    if (made.versions.length > 0) await em.insertMany(PolicyVersion, [...made.versions]);
    return made;
  });
  const { created, changed, unchanged } = plan;
  return { created, changed, unchanged, refused: [...refused, ...plan.refused].sort((a, b) => a.row - b.row) };
};

/** The database's clock, which all nodes share. */
const nowIn = async (em: EntityManager) => {
  const [row] = await em.execute<{ ms: string }[]>('select trunc(extract(epoch from clock_timestamp()) * 1000) as ms');
  return new Date(Number(row!.ms)).toISOString();
};

const readRows = async (rows: readonly unknown[]) => {
  const sound: ImportRow[] = [];
  const refused: RefusedRow[] = [];
  for (const [i, given] of rows.entries()) {
    if (i > 0 && i % rowsPerBreath === 0) await new Promise(setImmediate);
    const policy = ImportedPolicy.safeParse(given);
    const row = i + 1;
    if (policy.success) sound.push({ row, policy: policy.data });
    else refused.push({ row, ...numberIn(given), issues: issuesOf(policy.error) });
  }
  return { sound, refused };
};

/** Of a row that cannot be read as a whole, so that somebody finds it again. */
const numberIn = (given: unknown): { readonly number?: string } => {
  const number = PolicyNumber.safeParse((given as { number?: unknown } | null)?.number);
  return number.success ? { number: number.data } : {};
};

const readRecorded = async (em: EntityManager, rows: readonly ImportRow[]): Promise<Recorded> => {
  const numbers = rows.map(({ policy }) => policy.number);
  const named = rows.flatMap(({ policy }) => policy.versions.flatMap(({ vehicle }) => vehicle ?? []));
  const customers = await em.find(Customer, { id: { $in: rows.map(({ policy }) => policy.customer.id) } });
  const vehicles = await em.find(Vehicle, {
    $or: [{ id: { $in: named.map(({ id }) => id) } }, { registration: { $in: named.map((it) => it.registration) } }],
  });
  const policies = await em.find(Policy, { number: { $in: numbers } });
  const versions = await em.find(PolicyVersion, { policyNumber: { $in: numbers } }, { orderBy: { version: 'asc' } });
  return {
    customersById: new Map(customers.map((customer) => [customer.id, customerOf(customer)])),
    vehiclesById: new Map(vehicles.map((vehicle) => [vehicle.id, vehicleOf(vehicle)])),
    policiesByNumber: new Map(policies.map((policy) => [policy.number, policyOf(policy)])),
    versionsByNumber: Map.groupBy(versions.map(versionOf), ({ policyNumber }) => policyNumber),
  };
};
