/** The policy as a claim finds it when it is reported, told from the demo's own policies: what the database will say, too. */
import type { PolicyAtLoss } from '../../../rooms/facts.ts';
import { versionOn } from '../../policies/version-on.ts';
import type { Policy } from '../coverages.ts';

export type CoverAt = (policyNumber: string, day: string) => PolicyAtLoss | null;

export const createCover = (policies: readonly Policy[]): CoverAt => {
  const byNumber = new Map(policies.map((policy) => [policy.number, policy]));
  return (policyNumber, day) => {
    const policy = byNumber.get(policyNumber);
    if (!policy) return null;
    const versions = policy.versions.map((version) => ({ ...version, validTo: null, recordedAt: '' }));
    const spoken = versionOn(versions, day);
    if (!spoken) return null;
    const { number, currency, line, customer } = policy;
    return {
      number,
      version: spoken.version.version,
      currency,
      line,
      coverages: spoken.version.coverages,
      inForce: spoken.isInForce,
      holderId: customer.id,
      isVulnerable: customer.isVulnerable ?? false,
    };
  };
};
