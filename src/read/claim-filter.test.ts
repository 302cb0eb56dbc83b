import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { issuesOf } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { ClaimFilter } from './claim-filter.ts';
import { hiddenIn, scopeOf } from './claim-scope.ts';

const id = '0190a000-0000-7000-8000-0000000000c1';
const read = (query: Record<string, unknown>) => ClaimFilter.parse(query);
const pathsOf = (query: Record<string, unknown>) => {
  const parsed = ClaimFilter.safeParse(query);
  return parsed.success ? [] : issuesOf(parsed.error).map(({ path }) => path);
};

describe('the filter of the claims list', () => {
  test('asks for everything, newest first, fifty at a time, when nothing is said', () => {
    assert.deepEqual(read({}), { sort: '-updatedAt', limit: 50, count: false });
  });

  test('takes several values with commas, by naming it again, or both', () => {
    assert.deepEqual(read({ status: 'draft,void' }).status, ['draft', 'void']);
    assert.deepEqual(read({ status: ['draft', 'void,closed'] }).status, ['draft', 'void', 'closed']);
    assert.deepEqual(read({ priority: 'P1', peril: 'theft,fire' }).peril, ['theft', 'fire']);
  });

  test('reads words, days and numbers as what they are', () => {
    const { handler, holder, policy, from, limit, count, q } = read({
      handler: 'me',
      holder: id,
      policy: ' POL-1 ',
      from: '2026-01-01',
      limit: '7',
      count: 'true',
      q: ' a  b ',
    });
    assert.deepEqual(
      [handler, holder, policy, from, limit, count, q],
      ['me', id, 'POL-1', '2026-01-01', 7, true, ' a  b '],
    );
  });

  test('names the parameter that is not as it should be', () => {
    const bad: [Record<string, unknown>, string][] = [
      [{ status: 'open' }, 'status.0'],
      [{ status: '' }, 'status.0'],
      [{ status: 'draft,,void' }, 'status.1'],
      [{ status: 'draft,'.repeat(31) }, 'status'],
      [{ priority: 'P5' }, 'priority.0'],
      [{ peril: 'rain' }, 'peril.0'],
      [{ handler: 'you' }, 'handler'],
      [{ handler: id.toUpperCase() }, 'handler'],
      [{ holder: 'me' }, 'holder'],
      [{ policy: 'x\0' }, 'policy'],
      [{ policy: 'x'.repeat(41) }, 'policy'],
      [{ from: '2026-02-30' }, 'from'],
      [{ to: '01/02/2026' }, 'to'],
      [{ updatedSince: '2026-01-01' }, 'updatedSince'],
      [{ updatedSince: '0000-01-01T00:00:00Z' }, 'updatedSince'],
      [{ q: 'x'.repeat(201) }, 'q'],
      [{ q: ['a', 'b'] }, 'q'],
      [{ sort: 'reserve' }, 'sort'],
      [{ sort: 'id; drop table claims' }, 'sort'],
      [{ limit: '0' }, 'limit'],
      [{ limit: '101' }, 'limit'],
      [{ limit: '-1' }, 'limit'],
      [{ limit: '1e2' }, 'limit'],
      [{ count: 'yes' }, 'count'],
    ];
    for (const [query, path] of bad)
      assert.ok(pathsOf(query).includes(path), `${JSON.stringify(query)}: ${pathsOf(query).join(' ')}`);
    // Misspelt, it would otherwise filter by nothing and show everything.
    assert.deepEqual(pathsOf({ statuses: 'draft' }), ['']);
  });
});

describe('whose claims are listed', () => {
  const limits = { reserve: 0, payment: 0 };
  const scope = (roles: string[], more: object = {}) => scopeOf(entitled({ accountId: id, roles, limits, ...more }));

  test('staff see all, assessors where they were sent, customers their own, and anybody else none', () => {
    assert.deepEqual(scope(['supervisor']), { of: 'all' });
    assert.deepEqual(scope(['agent']), { of: 'all' });
    assert.deepEqual(scope(['agent', 'customer'], { agentId: id, customerId: id }), { of: 'all' });
    assert.deepEqual(scope(['customer'], { customerId: id }), { of: 'customer', customerId: id });
    assert.deepEqual(scope(['investigator']), { of: 'all' });
    assert.deepEqual(scope(['auditor']), { of: 'all' });
    // An assessor sits only where they were sent.
    assert.deepEqual(scope(['assessor'], { agentId: id }), { of: 'assessor', agentId: id });
    assert.equal(scope(['assessor']), null);
    assert.deepEqual(scope(['agent', 'assessor'], { agentId: id }), { of: 'all' });
    assert.equal(scope(['customer']), null);
    assert.equal(scope(['visitor'], { customerId: id, agentId: id }), null);
    assert.equal(scope([]), null);
  });

  test('a customer may not ask by what a customer may not see', () => {
    const mine = scope(['customer'], { customerId: id });
    for (const [query, fields] of [
      [{ priority: 'P1' }, ['priority']],
      [{ handler: 'none' }, ['handler']],
      [{ holder: id, sort: 'priority' }, ['holder', 'sort']],
      [{ sort: '-reserve' }, ['sort']],
      [{ status: 'draft', q: 'x', sort: 'number' }, []],
    ] as const) {
      assert.deepEqual(hiddenIn(read(query), mine), fields);
      assert.deepEqual(hiddenIn(read(query), { of: 'all' }), []);
    }
  });

  test('an assessor may ask by handler and holder, whom they see, and not by what is put aside or how urgent it is', () => {
    const theirs = scope(['assessor'], { agentId: id });
    assert.deepEqual(hiddenIn(read({ handler: 'none', holder: id, sort: '-createdAt' }), theirs), []);
    assert.deepEqual(hiddenIn(read({ priority: 'P1', sort: '-reserve' }), theirs), ['priority', 'sort']);
  });
});
