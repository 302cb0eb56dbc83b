/** What an imported policy adds to its recorded history. It may add; it may not rewrite. */
import { isDeepStrictEqual } from 'node:util';
import type { Issue } from './gather.ts';
import type { PolicyRecord, Recorded, VersionRecord } from './records.ts';
import type { ImportedPolicy, ImportedVersion } from './schema.ts';

/** What can never change about a policy, and versions that would rewrite what has been recorded. */
export const rewritten = (policy: ImportedPolicy, recorded: Recorded): Issue[] => {
  const known = recorded.policiesByNumber.get(policy.number);
  if (!known) return [];
  const given = recordOf(policy, known);
  const fixed = (['customerId', 'line', 'currency', 'inception'] as const).filter((it) => given[it] !== known[it]);
  const versions = recorded.versionsByNumber.get(policy.number) ?? [];
  const newest = versions.at(-1)?.version ?? 0;
  return [
    ...fixed.map((field) => ({
      path: field === 'customerId' ? 'customer.id' : field,
      message: `is ${known[field]} and does not change`,
    })),
    ...policy.versions.flatMap((version, i) => {
      if (version.version > newest) return [];
      const before = versions.find((it) => it.version === version.version);
      if (!before)
        return [{ path: `versions.${i}.version`, message: `${newest} is recorded: new ones are greater than that` }];
      return isDeepStrictEqual(versionOf(policy.number, version, before.recordedAt), before)
        ? []
        : [{ path: `versions.${i}`, message: 'is recorded otherwise: say it as a new version' }];
    }),
  ];
};

export const newsOf = (
  policy: ImportedPolicy,
  recorded: Recorded,
  now: string,
): { readonly policy: PolicyRecord | null; readonly versions: readonly VersionRecord[] } => {
  const known = recorded.policiesByNumber.get(policy.number);
  const given = recordOf(policy, known);
  const newest = recorded.versionsByNumber.get(policy.number)?.at(-1);
  // A clock may be set back; what was learned later must not look as if it had been known before.
  const recordedAt = newest && newest.recordedAt > now ? newest.recordedAt : now;
  return {
    policy: isDeepStrictEqual(given, known) ? null : given,
    versions: policy.versions
      .filter(({ version }) => version > (newest?.version ?? 0))
      .map((version) => versionOf(policy.number, version, recordedAt)),
  };
};

const recordOf = (policy: ImportedPolicy, known?: PolicyRecord): PolicyRecord => ({
  number: policy.number,
  customerId: policy.customer.id,
  line: policy.line,
  currency: policy.currency,
  inception: policy.inception,
  status: policy.status ?? known?.status ?? 'active',
});
const versionOf = (
  policyNumber: string,
  { vehicle, ...version }: ImportedVersion,
  recordedAt: string,
): VersionRecord => ({ ...version, policyNumber, vehicleId: vehicle?.id ?? null, recordedAt });
