/** Brings in the policies of all rows, before any claim is made under one of them. */
import { bounds } from './bounds.ts';
import type { Filing } from './filing.ts';
import type { Rest } from './rest.ts';
import { type Issue, issuesText, wordsOf } from './words.ts';

interface Imported {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly row: number; readonly issues: readonly Issue[] }[];
}
export interface Insured {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Why the policy of a row was not taken. */
  readonly faultsByLine: ReadonlyMap<number, string>;
}

/** Throws a sentence if this login may not import at all. */
export const importPolicies = async (rest: Rest, filings: readonly Filing[]): Promise<Insured> => {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const faultsByLine = new Map<number, string>();
  // Rows that say the same of a policy share it; where they contradict each other the server says so of the later one.
  const linesByPolicy = Map.groupBy(filings, ({ policy }) => JSON.stringify(policy));
  const policies = [...linesByPolicy.values()];
  for (let next = 0; next < policies.length; next += bounds.policiesPerImport) {
    const batch = policies.slice(next, next + bounds.policiesPerImport);
    const reply = await rest.post('/api/policies/import', { policies: batch.map(([first]) => first!.policy) });
    if (!reply.ok) throw new Error(`The policies were not taken: ${wordsOf(reply, '')}.`);
    const { created, changed, unchanged, refused } = reply.body as Imported;
    counts.created += created;
    counts.changed += changed;
    counts.unchanged += unchanged;
    for (const { row, issues } of refused)
      for (const { line } of batch[row - 1]!) faultsByLine.set(line, `policy ${issuesText(issues)}`);
  }
  return { ...counts, faultsByLine };
};
