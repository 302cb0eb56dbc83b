/** The list of claims: filtered, ordered, searched, page by page, as far as the caller’s seat reaches. */
import { z } from 'zod';
import type { Status } from '../../rooms/claim/claim.ts';
import { labels } from '../../rooms/claim/views/wording.ts';
import type { Caller } from '../../rooms/kit.ts';
import { Money } from '../../rooms/values.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { cursorText, readCursor } from '../../src/read/claim-cursor.ts';
import { ClaimFilter } from '../../src/read/claim-filter.ts';
import { type ClaimListRow, type ClaimsWanted, countMax } from '../../src/read/claim-list.ts';
import { type ClaimScope, hiddenIn, scopeOf } from '../../src/read/claim-scope.ts';
import { route } from './deps.ts';

export const ListedClaim = z.object({
  id: z.string(),
  number: z.string().nullable().meta({ description: 'Null until it is sent in.' }),
  status: z.string(),
  label: z.string().optional().meta({ description: 'For customers and assessors: the status in plain words.' }),
  peril: z.string().nullable(),
  policyNumber: z.string().nullable(),
  incidentDate: z.string().nullable(),
  customerId: z.string(),
  payable: Money.nullable().optional().meta({ description: 'Not for assessors.' }),
  createdAt: z.string(),
  updatedAt: z.string(),
  seq: z.int(),
  handlerId: z.string().nullable().optional().meta({ description: 'Not for customers, like the next.' }),
  handlerName: z.string().nullable().optional(),
  priority: z.string().nullable().optional().meta({ description: 'Staff only, like the next.' }),
  reserve: Money.nullable().optional(),
});
export type ListedClaim = z.input<typeof ListedClaim>;

export const claimsList = [
  route({
    method: 'get',
    path: '/api/claims',
    summary:
      'Claims, page by page: all of them for staff, for assessors those they are asked to assess, for customers their own. Drafts thrown away are in no list.',
    access: 'caller',
    canWait: 2,
    query: ClaimFilter,
    reply: z.object({
      items: z.array(ListedClaim),
      next: z.string().nullable().meta({ description: '`after` of the page after this one; null: that was the last.' }),
      total: z
        .int()
        .optional()
        .meta({ description: `Only with \`count\`. ${countMax} means at least so many.` }),
    }),
    refusals: ['forbidden', 'busy', 'unavailable'],
    async handle({ query, caller }, { claimList, names }) {
      const scope = scopeOf(caller);
      const fields = hiddenIn(query, scope);
      if (fields.length > 0) return problem('forbidden', { fields });
      const wanted = wantedOf(query, caller);
      if ('issues' in wanted) return problem('invalid', wanted);
      if (!scope) return answer({ items: [], next: null, ...(query.count && { total: 0 }) });
      const [{ rows, next }, total] = await Promise.all([
        claimList.page(wanted, scope),
        query.count ? claimList.count(wanted, scope) : undefined,
      ]);
      const handlerIds = scope.of !== 'customer' ? rows.flatMap(({ handlerId }) => handlerId ?? []) : [];
      const handlers = await names.ofAgents(handlerIds);
      return answer({
        items: rows.map((row) => listed(row, scope, handlers)),
        next: next && cursorText(next),
        ...(total !== undefined && { total }),
      });
    },
  }),
];

export const wantedOf = ({ after, handler, ...query }: ClaimFilter, { agentId }: Caller) => {
  const cursor = after === undefined ? undefined : readCursor(after, query.sort);
  const issues = [
    ...(cursor === null ? [{ path: 'after', message: 'not the `next` of a page in this order' }] : []),
    ...(handler === 'me' && agentId === undefined ? [{ path: 'handler', message: 'you handle no claims' }] : []),
  ];
  if (issues.length > 0) return { issues };
  const wanted: ClaimsWanted = { ...query, after: cursor ?? undefined, handler: handler === 'me' ? agentId : handler };
  return wanted;
};

/** To all but staff an allow-list: a new column stays hidden until it is named here. */
export const listed = (row: ClaimListRow, { of }: ClaimScope, handlers: ReadonlyMap<string, string>): ListedClaim => {
  const { id, number, status, peril, policyNumber, incidentDate, customerId, createdAt, updatedAt } = row;
  const moneyOf = (amount: string | null) =>
    amount === null || row.currency === null
      ? null
      : { amount: Number(amount), currency: row.currency as z.output<typeof Money>['currency'] };
  const shown = { id, number, status, peril, policyNumber, incidentDate, customerId, createdAt, updatedAt };
  const forAll = { ...shown, seq: Number(row.seq) };
  const label = labels[row.status as Status];
  const payable = moneyOf(row.payable);
  if (of === 'customer') return { ...forAll, label, payable };
  const { priority, handlerId } = row;
  const handlerName = handlers.get(handlerId ?? '') ?? null;
  if (of === 'assessor') return { ...forAll, label, handlerId, handlerName };
  return { ...forAll, payable, priority, handlerId, handlerName, reserve: moneyOf(row.reserve) };
};
