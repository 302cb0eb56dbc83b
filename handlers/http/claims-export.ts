/** The list of claims as a file: filtered like the list, read page by page while it is sent, and its making is recorded. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { csvRow, csvType } from '../../src/http/csv.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { ClaimFilter } from '../../src/read/claim-filter.ts';
import type { ClaimListRow, ClaimsWanted } from '../../src/read/claim-list.ts';
import { type ClaimScope, scopeOf } from '../../src/read/claim-scope.ts';
import { wantedOf } from './claims-list.ts';
import { type Deps, route } from './deps.ts';

const columns = [
  'number',
  'status',
  'priority',
  'peril',
  'policyNumber',
  'incidentDate',
  'handlerId',
  'customerId',
  'currency',
  'reserve',
  'payable',
  'createdAt',
  'updatedAt',
  'id',
] as const satisfies (keyof ClaimListRow)[];

/** One page after the other, as fast as the client reads. */
async function* linesOf(wanted: ClaimsWanted, scope: ClaimScope, { claimList, limits }: Deps): AsyncGenerator<string> {
  yield csvRow(columns);
  let left = limits.exportRowsMax;
  for (let after = wanted.after; ; ) {
    const { rows, next } = await claimList.page(
      { ...wanted, after, limit: Math.min(limits.exportReadRows, left) },
      scope,
    );
    yield rows.map((row) => csvRow(columns.map((column) => row[column]))).join('');
    left -= rows.length;
    if (!next) return;
    // A file that looks whole and is not would be worse than one that says so.
    if (left === 0) return yield csvRow([`More than ${limits.exportRowsMax}: ask for fewer.`]);
    after = next;
  }
}

export const claimsExport = [
  route({
    method: 'get',
    path: '/api/exports/claims.csv',
    summary: 'The list of claims as CSV, for staff: the same filters, amounts in minor units. Its making is recorded.',
    access: 'exports.create',
    canWait: 1,
    query: ClaimFilter.omit({ after: true, limit: true, count: true }),
    reply: z.string(),
    media: 'text/csv',
    refusals: ['forbidden', 'busy', 'unavailable'],
    async handle({ query, caller }, deps) {
      const scope = scopeOf(caller);
      if (scope?.of !== 'all') return problem('forbidden');
      const wanted = wantedOf({ ...query, limit: 1, count: false }, caller);
      if ('issues' in wanted) return problem('invalid', wanted);
      const details = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
      await deps.audit.sure({ action: 'claims.export', object: 'claims', details });
      return {
        ...answer('', { 'Content-Disposition': 'attachment; filename="claims.csv"', 'Content-Type': csvType }),
        stream: Readable.from(linesOf(wanted, scope, deps)),
      };
    },
  }),
];
