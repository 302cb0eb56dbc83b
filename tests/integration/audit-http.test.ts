import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { parse } from 'csv-parse/sync';
import { auditSoon, recorded } from '../support/audit.ts';
import { loss } from '../support/claim-people.ts';
import { newPerson, newServer, type Person } from '../support/server.ts';

const newPast = async (t: TestContext, limits: object = {}) => {
  const server = await newServer(t, { limits: { ...auditSoon, ...limits } });
  const holder = await newPerson(server);
  const auditor = await newPerson(server, { roles: ['auditor'] });
  const ids = Array.from({ length: 7 }, () => randomUUIDv7());
  for (const id of ids) await holder.post('/api/claims', { id, loss });
  await holder.get(`/api/claims/${randomUUIDv7()}`);
  await recorded(server, ({ action }) => action === 'claim.reported', 7);
  const pages = async (by: Person, query: string) => {
    const seen: Record<string, any>[] = [];
    for (let next = ''; ; ) {
      const { status, json } = await by.get(`/api/audit?${query}${next && `&after=${next}`}`);
      assert.equal(status, 200, JSON.stringify(json));
      seen.push(...json.entries);
      if (!json.next) return seen;
      next = json.next;
    }
  };
  const exported = async (by: Person, query = '') => {
    const response = await fetch(`${server.url}/api/audit/export?${query}`, {
      headers: { authorization: `Bearer ${by.token}` },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { server, holder, auditor, ids, pages, exported };
};

describe('the audit over REST', () => {
  test('is found by who, what, which, when and what came of it, and read page by page', async (t) => {
    const { holder, auditor, ids, pages } = await newPast(t);
    const reported = await pages(auditor, `action=claim.reported&actor=${holder.id}&limit=3`);
    assert.deepEqual(
      reported.map(({ object }) => object),
      ids.map((id) => `claim/${id}`).toReversed(),
      'newest first',
    );
    assert.ok(reported.every(({ place, hash }) => /^\d{4}-\d{2}:\d+$/.test(place) && /^[0-9a-f]{64}$/.test(hash)));
    assert.equal((await pages(auditor, `object=claim/${ids[2]}&action=claim.`)).length, 2, 'all of a kind');
    assert.deepEqual(
      (await pages(auditor, 'outcome=refused')).map(({ action }) => action),
      ['authz_fail'],
    );
    const { at, correlation } = reported[3]!;
    assert.deepEqual(await pages(auditor, `since=${at}&until=${at}`), []);
    assert.equal((await pages(auditor, `since=${at}&action=claim.reported`)).length, 4);
    assert.ok((await pages(auditor, `correlation=${correlation}`)).length >= 1);
  });

  test('refuses what it does not understand, and nobody else may read it', async (t) => {
    const { holder, auditor, exported } = await newPast(t);
    for (const query of [
      'limit=0',
      'limit=201',
      'after=x',
      'since=yesterday',
      'outcome=maybe',
      'object=%00',
      'who=me',
      'actor=a%20b',
    ])
      assert.deepEqual((await auditor.get(`/api/audit?${query}`)).status, 400, query);
    assert.equal((await holder.get('/api/audit')).status, 403);
    assert.equal((await exported(holder)).status, 403);
  });

  test('is taken away as CSV in which nothing is a formula, and that is recorded before the first line leaves', async (t) => {
    const { server, holder, auditor, exported } = await newPast(t, { auditReadRows: 3 });
    await holder.post('/api/claims', { id: randomUUIDv7(), loss }, { 'user-agent': '=cmd|calc!A1' });
    await recorded(server, ({ device }) => device === '=cmd|calc!A1');
    const { status, headers, text } = await exported(auditor, 'action=claim.');
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/csv; charset=utf-8']);
    assert.match(headers.get('content-disposition') ?? '', /^attachment/);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    assert.ok(rows.length >= 16, `${rows.length} in parts of three`);
    assert.equal(new Set(rows.map(({ place }) => place)).size, rows.length, 'none twice');
    assert.ok(rows.some(({ device }) => device === `'=cmd|calc!A1`));
    const [entry] = await recorded(server, ({ action }) => action === 'audit.export');
    assert.deepEqual([entry!.actor, entry!.details], [auditor.id, { action: 'claim.' }]);
    assert.equal((await recorded(server, ({ object }) => object === 'audit/export')).length, 0, 'once');
  });

  test('says that it was cut where it was', async (t) => {
    const { auditor, exported } = await newPast(t, { auditReadRows: 3, auditExportRowsMax: 5 });
    const lines = (await exported(auditor)).text.trim().split('\r\n');
    assert.equal(lines.length, 7);
    assert.match(lines.at(-1)!, /More than 5/);
  });

  test('is not read unseen: with the audit away, nothing leaves', async (t) => {
    const { server, auditor, exported } = await newPast(t);
    await server.sql('alter function audit_append(json) rename to audit_append_away');
    const { status, text } = await exported(auditor);
    assert.equal(status, 500);
    assert.doesNotMatch(text, /claim/);
    await server.sql('alter function audit_append_away(json) rename to audit_append');
  });
});
