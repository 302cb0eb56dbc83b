/** The audit, for those who may read it: looked through page by page, or taken away as a file. Both are in it themselves. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Instant, Uuid } from '../../rooms/values.ts';
import { auditCursorText, type AuditRow, type AuditWanted, readAuditCursor } from '../../src/audit/read.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { csvRow, csvType } from '../../src/http/csv.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import type { Deps } from './deps.ts';
import { route } from './deps.ts';

const Name = (what: string) => z.string().regex(/^[\x21-\x7e]{1,120}$/, what);

const Filter = z.strictObject({
  actor: Name('an actor').optional().meta({ description: 'An account, `service/<id>`, `system` or `anonymous`.' }),
  action: Name('an action')
    .optional()
    .meta({ description: 'Exactly this, or with a dot at its end all that begin so: `claim.`' }),
  object: Name('an object')
    .optional()
    .meta({ description: 'A room such as `claim/<id>`, or `account/<id>`, `role/<name>` …' }),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  correlation: Uuid.optional().meta({ description: 'All that one request, or one connection, did.' }),
  since: Instant.optional(),
  until: Instant.optional().meta({ description: 'Before this instant.' }),
});
type Filter = z.output<typeof Filter>;

const Entry = z.looseObject({
  at: z.string(),
  action: z.string(),
  outcome: z.string(),
  actor: z.string(),
  place: z.string().meta({ description: 'Month and number in the chain.' }),
  hash: z.string().meta({ description: 'Of this entry and all before it.' }),
});

const shown = ({ chain, n, hash, body }: AuditRow) => ({
  ...(JSON.parse(body) as { at: string; action: string; outcome: string; actor: string }),
  place: `${chain}:${n}`,
  hash,
});

const columns =
  'place at action outcome code actor onBehalf object seat seq session address device correlation before after details hash'.split(
    ' ',
  );
const lineOf = (row: AuditRow): string => {
  const entry: Readonly<Record<string, unknown>> = shown(row);
  return csvRow(
    columns.map((name) => {
      const value = entry[name];
      return typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : (value as string | number | undefined);
    }),
  );
};

/** One part after the other, as fast as the client reads. */
async function* linesOf(
  wanted: AuditWanted,
  { auditReader, limits }: Pick<Deps, 'auditReader' | 'limits'>,
): AsyncGenerator<string> {
  yield csvRow(columns);
  let left = limits.auditExportRowsMax;
  for (let after: AuditWanted['after']; ; ) {
    const { rows, next } = await auditReader.page({ ...wanted, after, limit: Math.min(limits.auditReadRows, left) });
    yield rows.map(lineOf).join('');
    left -= rows.length;
    if (!next) return;
    // A file that looks whole and is not would be worse than one that says so.
    if (left === 0) return yield csvRow([`More than ${limits.auditExportRowsMax}: ask for a shorter time.`]);
    after = next;
  }
}

export const audit = [
  route({
    method: 'get',
    path: '/api/audit',
    summary: 'What was done, by whom, from where, and what was refused: newest first, page by page.',
    access: 'audit.read',
    query: Filter.extend({
      after: z.string().max(200).optional().meta({ description: '`next` of the page before.' }),
      limit: pageLimit(200),
    }),
    reply: z.object({ entries: z.array(Entry), next: z.string().nullable() }),
    refusals: ['unavailable'],
    async handle({ query: { after, limit, ...filter } }, { audit, auditReader }) {
      const cursor = after === undefined ? undefined : readAuditCursor(after);
      if (cursor === null)
        return problem('invalid', { issues: [{ path: 'after', message: 'not the `next` of a page' }] });
      const page = await auditReader.page({ ...filter, after: cursor, limit });
      await audit.sure({ action: 'audit.read', object: 'audit', details: given(filter) });
      return answer({ entries: page.rows.map(shown), next: page.next && auditCursorText(page.next) });
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/export',
    summary:
      'The same as CSV, all of it that fits the filter. What a spreadsheet would take for a formula is made text.',
    access: 'audit.export',
    query: Filter,
    reply: z.string(),
    media: 'text/csv',
    refusals: ['unavailable'],
    async handle({ query }, deps) {
      await deps.audit.sure({ action: 'audit.export', object: 'audit', details: given(query) });
      const lines = linesOf({ ...query, limit: 0 }, deps);
      return {
        ...answer('', { 'Content-Disposition': 'attachment; filename="audit.csv"', 'Content-Type': csvType }),
        stream: Readable.from(lines),
      };
    },
  }),
];

const given = (filter: Filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
