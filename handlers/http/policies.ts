/** Policies: brought in by administrators, looked up by staff, and by the customers who hold them. */
import { z } from 'zod';
import { Day, Instant } from '../../rooms/values.ts';
import { reachOf } from '../../src/policies/reach.ts';
import { ImportedPolicy, policiesPerImportMax, PolicyNumber } from '../../src/policies/schema.ts';
import { ListedPolicy, ShownPolicy, shownPolicy } from '../../src/policies/shown.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const { $schema: _, ...importedPolicy } = z.toJSONSchema(ImportedPolicy, { io: 'input', unrepresentable: 'any' });

const Search = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds a NUL or a broken character');

export const policies = [
  route({
    method: 'post',
    path: '/api/policies/import',
    summary:
      'Bring in policies. Each row is taken whole or refused with its number and fields; the same again changes nothing. Recorded versions are never rewritten: what changes is a new version.',
    access: 'policies.import',
    body: z.strictObject({
      // Rows are checked one by one: a bad one must not keep the good ones out.
      policies: z
        .array(z.unknown().meta(importedPolicy as Record<string, unknown>))
        .min(1)
        .max(policiesPerImportMax),
    }),
    reply: z.object({
      created: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      refused: z.array(
        z.object({
          row: z.int().meta({ description: 'Counted from 1.' }),
          number: z.string().optional(),
          issues: z.array(z.object({ path: z.string(), message: z.string() })),
        }),
      ),
    }),
    refusals: ['too-large', 'busy', 'unavailable'],
    async handle({ body }, { policies }) {
      if (policies.isBusy) return problem('busy');
      const { refused, ...counts } = await policies.importMany(body.policies);
      return answer({ ...counts, refused: refused.map((row) => ({ ...row, issues: [...row.issues] })) });
    },
  }),
  route({
    method: 'get',
    path: '/api/policies',
    summary: 'Policies by number, page by page: all of them for staff, for customers their own.',
    access: 'caller',
    query: z.object({
      q: Search.optional().meta({
        description:
          'The beginning of a number, of a registration insured now or before, or of words of the holder’s name.',
      }),
      after: PolicyNumber.optional().meta({ description: '`next` of the page before.' }),
      limit: pageLimit(),
    }),
    reply: z.object({
      policies: z.array(ListedPolicy),
      next: z.string().optional().meta({ description: 'There are more: ask again with this as `after`.' }),
    }),
    refusals: ['unavailable'],
    async handle({ query: { q, after, limit }, caller }, { policies }) {
      const reach = reachOf(caller);
      if (reach === 'none') return answer({ policies: [] });
      const page = await policies.list({
        limit,
        ...(q !== undefined && { search: q }),
        ...(after !== undefined && { after }),
        ...(reach !== 'all' && reach),
      });
      return answer({ policies: [...page.policies], ...(page.next !== null && { next: page.next }) });
    },
  }),
  route({
    method: 'get',
    path: '/api/policies/:number',
    summary:
      'A policy as of a day. Without `asOf` it is shown as of today, in force or not; with it, a day on which nothing was insured is `policy/not-in-force`.',
    access: 'caller',
    params: z.object({ number: PolicyNumber }),
    query: z.object({
      asOf: Day.optional(),
      knownAt: Instant.optional().meta({
        description: 'As it was recorded at that instant, whatever has been recorded since.',
      }),
    }),
    reply: ShownPolicy,
    refusals: ['not-found', 'policy/not-in-force', 'unavailable'],
    async handle({ params: { number }, query: { asOf, knownAt }, caller }, { policies }) {
      const reach = reachOf(caller);
      const found = reach === 'none' ? null : await policies.find(number, asOf, knownAt);
      if (!found || (reach !== 'all' && (reach === 'none' || found.customerId !== reach.customerId)))
        return problem('not-found');
      if (asOf !== undefined && !found.isInForce) return problem('policy/not-in-force', { number, asOf });
      return answer(shownPolicy(found, reach === 'all'));
    },
  }),
];
