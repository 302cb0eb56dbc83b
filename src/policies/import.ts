/** Brings policies in from the system that writes them: checks each, writes what is new, and says of every other row what is wrong. */
import { issuesOf } from '../../rooms/kit.ts';
import { searchWords } from '../read/search-words.ts';
import type { Orm } from '../store/orm.ts';
import { Customer, Policy, PolicyVersion, Vehicle } from './entities.ts';
import { createPlanner, type Imported, type ImportPlan, type ImportRow, type RefusedRow } from './plan.ts';
import { readRecorded } from './recorded.ts';
import { ImportedPolicy, policiesPerImportMax, PolicyNumber } from './schema.ts';

/** Any number, as long as nothing else in this database locks it. */
const importLock = 4_217_002;
/** Versions handled before rooms and requests get their turn again; a row is not divided. */
const versionsPerStep = 50;

type EntityManager = ReturnType<Orm['em']['fork']>;

export const importPolicies = async (orm: Orm, rows: readonly unknown[]): Promise<Imported> => {
  if (rows.length > policiesPerImportMax) throw new RangeError(`at most ${policiesPerImportMax} policies at once`);
  const { sound, refused } = await readRows(rows);
  const sums = { created: 0, changed: 0, unchanged: 0 };
  await orm.em.fork().transactional(async (em) => {
    // One import at a time: what it was decided on then still holds when it is written.
    await em.execute('select pg_advisory_xact_lock(?)', [importLock]);
    const plan = createPlanner(await nowIn(em));
    for (const step of stepsOf(sound)) {
      const made = plan(step, await readRecorded(em, step));
      await write(em, made);
      // Nothing is read from memory twice, and what is flushed is looked through from end to end.
      em.clear();
      for (const count of ['created', 'changed', 'unchanged'] as const) sums[count] += made[count];
      refused.push(...made.refused);
    }
  });
  return { ...sums, refused: refused.sort((a, b) => a.row - b.row) };
};

const write = async (em: EntityManager, { customers, vehicles, policies, versions }: ImportPlan) => {
  const named = customers.map((customer) => ({ ...customer, nameWords: searchWords([customer.name]) }));
  if (named.length > 0) await em.upsertMany(Customer, named);
  if (vehicles.length > 0) await em.upsertMany(Vehicle, [...vehicles]);
  if (policies.length > 0) await em.upsertMany(Policy, [...policies]);
  if (versions.length > 0) await em.insertMany(PolicyVersion, [...versions]);
};

/** The database's clock, which all nodes share. */
const nowIn = async (em: EntityManager) => {
  const [row] = await em.execute<{ ms: string }[]>('select trunc(extract(epoch from clock_timestamp()) * 1000) as ms');
  return new Date(Number(row!.ms)).toISOString();
};

const readRows = async (rows: readonly unknown[]) => {
  const sound: ImportRow[] = [];
  const refused: RefusedRow[] = [];
  let read = 0;
  for (const [i, given] of rows.entries()) {
    const policy = ImportedPolicy.safeParse(given);
    const row = i + 1;
    if (policy.success) sound.push({ row, policy: policy.data });
    else refused.push({ row, ...numberIn(given), issues: issuesOf(policy.error) });
    read += policy.data?.versions.length ?? 1;
    if (read < versionsPerStep) continue;
    await new Promise(setImmediate);
    read = 0;
  }
  return { sound, refused };
};

function* stepsOf(rows: readonly ImportRow[]): Generator<readonly ImportRow[]> {
  let step: ImportRow[] = [];
  let size = 0;
  for (const row of rows) {
    step.push(row);
    size += row.policy.versions.length;
    if (size < versionsPerStep) continue;
    yield step;
    [step, size] = [[], 0];
  }
  if (step.length > 0) yield step;
}

/** Of a row that cannot be read as a whole, so that somebody finds it again. */
const numberIn = (given: unknown): { readonly number?: string } => {
  const number = PolicyNumber.safeParse((given as { number?: unknown } | null)?.number);
  return number.success ? { number: number.data } : {};
};
