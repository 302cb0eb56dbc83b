/** Which version of a policy speaks for a day. Later versions overrule earlier ones for the days they name, and only for those. */

export interface Dated {
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly termEnd: string;
  /** ISO instant, as `knownAt`. */
  readonly recordedAt: string;
  readonly coverages: object;
}

/**
 * The version that speaks for the day; where none does, the one that ended last before it, or else the first to come.
 * `knownAt`: as it was known at that instant, whatever has been recorded since. Null: nothing was known.
 */
export const versionOn = <V extends Dated>(
  versions: readonly V[],
  day: string,
  knownAt?: string,
): { readonly version: V; readonly isInForce: boolean } | null => {
  const known = versions
    .filter(({ recordedAt }) => knownAt === undefined || recordedAt <= knownAt)
    .toSorted((a, b) => a.version - b.version);
  const begun = known.filter(({ validFrom }) => validFrom <= day);
  const speaking = begun.findLast((version) => day < endOf(version));
  // A version without coverages says that there is no cover: the policy is cancelled on that day.
  if (speaking) return { version: speaking, isInForce: Object.keys(speaking.coverages).length > 0 };
  const lastEnd = begun.map(endOf).toSorted().at(-1);
  const firstDay = known.map(({ validFrom }) => validFrom).toSorted()[0];
  const nearest =
    begun.findLast((version) => endOf(version) === lastEnd) ??
    known.findLast(({ validFrom }) => validFrom === firstDay);
  return nearest ? { version: nearest, isInForce: false } : null;
};

const endOf = ({ validTo, termEnd }: Dated) => validTo ?? termEnd;
