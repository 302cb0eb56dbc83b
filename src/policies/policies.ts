/** Policies as records: brought in by import, looked up by number, by holder, and by day. */
import type { PolicyAtLoss } from '../../rooms/facts.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import type { Orm } from '../store/orm.ts';
import { Customer, Policy, PolicyVersion, Vehicle } from './entities.ts';
import { importPolicies } from './import.ts';
import type { Imported } from './plan.ts';
import type { CustomerRecord, PolicyRecord, VehicleRecord, VersionRecord } from './records.ts';
import { type PolicyPage, type PolicySearch, searchPolicies } from './search.ts';
import { customerOf, policyOf, vehicleOf, versionOf } from './stored.ts';
import { createTurns } from './turns.ts';
import { versionOn } from './version-on.ts';

export interface FoundPolicy extends PolicyRecord {
  readonly holder: CustomerRecord;
  /** The version that speaks for the day, or the nearest one. */
  readonly version: VersionRecord;
  readonly vehicle: VehicleRecord | null;
  readonly isInForce: boolean;
  /** All that were known, oldest first. */
  readonly versions: readonly VersionRecord[];
}

export interface Policies {
  /** Each row with all its versions or not at all. The same again changes nothing. At most 1,000 rows. Imports take turns. */
  importMany(rows: readonly unknown[]): Promise<Imported>;
  /** So many imports wait that another one should come later. */
  readonly isBusy: boolean;
  /** As of a day, today (UTC) unless said otherwise; `knownAt`: as it was recorded at that instant. Null: no such policy. */
  find(number: string, asOf?: string, knownAt?: string): Promise<FoundPolicy | null>;
  list(search: PolicySearch): Promise<PolicyPage>;
  /** What was insured on that day; null: nothing, or there is no such policy. */
  inForceAt(number: string, day: string, knownAt?: string): Promise<PolicyAtLoss | null>;
  /** The same, but a policy that covers nothing on that day is told with its nearest version. */
  coverAt(number: string, day: string, knownAt?: string): Promise<PolicyAtLoss | null>;
}

export const createPolicies = (orm: Orm, limits: Pick<Limits, 'importsWaitingMax'> = defaultLimits): Policies => {
  // They would wait for each other in the database anyway, each with a connection that others need.
  const turns = createTurns(limits.importsWaitingMax);
  /** The policy, what was known of it, and which version speaks for the day. */
  const read = async (em: EntityManager, number: string, asOf?: string, knownAt?: string) => {
    const [policy, rows, day] = await Promise.all([
      em.findOne(Policy, { number }),
      em.find(PolicyVersion, { policyNumber: number }, { orderBy: { version: 'asc' } }),
      asOf ?? todayIn(em),
    ]);
    const versions = rows.map(versionOf).filter(({ recordedAt }) => knownAt === undefined || recordedAt <= knownAt);
    const spoken = versionOn(versions, day);
    return policy && spoken && { policy: policyOf(policy), versions, ...spoken };
  };

  const coverAt: Policies['coverAt'] = async (number, day, knownAt) => {
    const em = orm.em.fork();
    const found = await read(em, number, day, knownAt);
    if (!found) return null;
    const { policy, version, isInForce } = found;
    const holder = await em.findOneOrFail(Customer, { id: policy.customerId });
    return {
      number: policy.number,
      version: version.version,
      currency: policy.currency,
      line: policy.line,
      coverages: version.coverages,
      inForce: isInForce,
      holderId: holder.id,
      isVulnerable: holder.isVulnerable,
    };
  };

  return {
    importMany: (rows) => turns.take(() => importPolicies(orm, rows)),
    get isBusy() {
      return turns.isFull;
    },
    async find(number, asOf, knownAt) {
      const em = orm.em.fork();
      const found = await read(em, number, asOf, knownAt);
      if (!found) return null;
      const { policy, version, isInForce, versions } = found;
      const [holder, vehicle] = await Promise.all([
        em.findOneOrFail(Customer, { id: policy.customerId }),
        version.vehicleId === null ? null : em.findOneOrFail(Vehicle, { id: version.vehicleId }),
      ]);
      return {
        ...policy,
        holder: customerOf(holder),
        version,
        vehicle: vehicle && vehicleOf(vehicle),
        isInForce,
        versions,
      };
    },
    list: (search) => searchPolicies(orm, search),
    coverAt,
    async inForceAt(number, day, knownAt) {
      const cover = await coverAt(number, day, knownAt);
      return cover?.inForce ? cover : null;
    },
  };
};

type EntityManager = ReturnType<Orm['em']['fork']>;

const todayIn = async (em: EntityManager): Promise<string> => {
  const [row] = await em.execute<{ day: string }[]>(`select (now() at time zone 'UTC')::date::text as day`);
  return row!.day;
};
