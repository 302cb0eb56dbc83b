import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorText, readCursor, sortNames } from '../../src/read/claim-cursor.ts';
import { ClaimFilter } from '../../src/read/claim-filter.ts';
import { countSql, createClaimList, pageSql } from '../../src/read/claim-list.ts';
import type { ClaimScope } from '../../src/read/claim-scope.ts';
import { createOrm } from '../../src/store/orm.ts';
import { appUrl } from '../../src/store/app-url.ts';
import { connect } from '../support/blank-database.ts';
import { newDatabase } from '../support/postgres.ts';
import { silentLog } from '../support/silent-log.ts';

const uuid = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
/** Two years of a middling insurer: 2,000 customers, 50 handlers, a tenth still drafts. */
const manyClaims = `
  insert into claims (id, claim_number, status, priority, customer_id, incident_date, handler_id, assigned_assessor_id, policy_number, peril,
    currency, reserve_amount, payable_amount, is_discarded, seq, created_at, updated_at)
  select ${uuid('n')}, case when n % 10 > 0 then 'CLM-2026-' || lpad(n::text, 7, '0') end,
    (array['draft', 'submitted', 'triage', 'assigned', 'assessment', 'review', 'closed', 'closed', 'closed', 'closed'])[n % 10 + 1],
    case when n % 10 > 0 then 'P' || (hashint4(n) & 3) + 1 end, ${uuid('1000000 + n % 2000')},
    timestamptz '2024-01-01T00:00:00Z' + (n * 7919 % 730) * interval '24 hours',
    case when n % 5 > 0 then ${uuid('2000000 + n % 50')} end, case when n % 4 = 0 then ${uuid('3000000 + n % 30')} end, 'POL-' || n % 15000,
    (array['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism', 'other'])[(hashint4(n + 1) & 7) + 1], 'GBP',
    case when n % 3 > 0 then abs(hashint4(n + 2)) % 1000000 end, null, n % 97 = 0, 5,
    timestamptz '2024-01-01T00:00:00Z' + n * interval '50 minutes',
    timestamptz '2024-02-01T00:00:00Z' + (n * 7907 % 20000) * interval '50 minutes'
  from generate_series(1, 20000) n`;
const theirWords = `
  insert into claim_search (id, words)
  select id, btrim(lower(coalesce(replace(claim_number, '-', ''), '') || ' ' || policy_number || ' ' || peril || ' street' || (hashtext(id::text) & 1023)))
  from claims`;

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const all: ClaimScope = { of: 'all' };
const own: ClaimScope = { of: 'customer', customerId: id(1_000_007) };
const assessors: ClaimScope = { of: 'assessor', agentId: id(3_000_007) };
const filters: Record<string, Record<string, string>> = {
  'no filter': {},
  'one status': { status: 'submitted' },
  'several statuses': { status: 'submitted,triage,assigned' },
  'the urgent ones': { priority: 'P1,P2' },
  'a peril': { peril: 'theft' },
  'one handler': { handler: id(2_000_003) },
  'nobody’s': { handler: 'none' },
  'one handler and status': { handler: id(2_000_003), status: 'assigned,review' },
  'one holder': { holder: id(1_000_007) },
  'one policy': { policy: 'pol-77' },
  'a week': { from: '2025-03-01', to: '2025-03-07' },
  'since the other day': { updatedSince: '2025-12-20T00:00:00Z' },
  words: { q: 'street777' },
  'a number': { q: 'CLM-2026-000777' },
  'words and status': { q: 'street777 theft', status: 'closed' },
};

test('twenty thousand claims are never read one after the other', async (t) => {
  const url = await newDatabase(t);
  const owner = await connect(t, url);
  await owner.query(manyClaims);
  await owner.query(theirWords);
  await owner.query('analyze');
  const orm = await createOrm(appUrl(url), { poolMax: 2, log: silentLog });
  t.after(() => orm.close());
  const list = createClaimList(orm);

  interface Plan {
    readonly 'Node Type': string;
    readonly 'Relation Name'?: string;
    readonly Plans?: readonly Plan[];
  }
  const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
  const isIndexed = async (what: string, { text, values }: ReturnType<typeof pageSql>) => {
    const [row] = await orm.em
      .getConnection()
      .execute<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }[]>(`explain (format json) ${text}`, [...values]);
    const scans = nodesOf(row!['QUERY PLAN'][0]!.Plan).filter((node) => node['Node Type'] === 'Seq Scan');
    assert.deepEqual(
      scans.map((scan) => scan['Relation Name']),
      [],
      what,
    );
  };
  const wanted = (query: Record<string, string>, after?: ReturnType<typeof readCursor>) => {
    const { after: _, count: __, ...asked } = ClaimFilter.parse(query);
    return { ...asked, after: after ?? undefined };
  };

  for (const sort of sortNames) {
    const { next } = await list.page(wanted({ sort, limit: '100' }), all);
    assert.deepEqual(readCursor(cursorText(next!), sort), next);
    for (const [name, filter] of Object.entries(filters)) {
      await isIndexed(`${name}, ${sort}`, pageSql(wanted({ ...filter, sort }), all));
      await isIndexed(`${name}, ${sort}, a later page`, pageSql(wanted({ ...filter, sort }, next), all));
    }
    await isIndexed(`their own, ${sort}`, pageSql(wanted({ sort }), own));
    await isIndexed(`an assessor’s, ${sort}`, pageSql(wanted({ sort }), assessors));
    await isIndexed(`their own by words, ${sort}`, pageSql(wanted({ sort, q: 'street777' }), own));
  }
  await isIndexed('how many of theirs', countSql(wanted({}), own));
  await isIndexed('how many of a handler', countSql(wanted({ handler: id(2_000_003) }), all));
});
