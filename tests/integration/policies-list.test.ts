import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeId, policy, type PolicyInput, vehicle, version } from '../../src/policies/fake-policies.ts';
import { naughtyStrings } from '../support/naughty-strings.ts';
import { endorsement, numbers, outcome, policyPeople } from '../support/policy-people.ts';

describe('the list of policies', () => {
  const named = (number: string, n: number, name: string, registration: string): PolicyInput =>
    policy({
      number,
      customer: { id: fakeId(n), name },
      versions: [version({ vehicle: { ...vehicle, id: fakeId(1_000 + n), registration } })],
    });

  test('is found by the beginning of a number, a registration now or before, or words of a name', async (t) => {
    const { bring, agent } = await policyPeople(t);
    await bring(
      { ...named('MOT-100', 1, 'Zoë Müller-Castellano', 'AB12 CDE'), versions: [version(), endorsement] },
      named('MOT-101', 2, 'Seán O’Neill', 'AB99 XYZ'),
      named('HOM-200', 3, 'Иван Петров', 'M_NONE'.replace('_', '-')),
      named('H_M-300', 4, 'Mia Casten', 'GÖ-AB 1'),
    );
    const found = async (q: string) => numbers(await agent.get(`/api/policies?q=${encodeURIComponent(q)}`));
    const cases: [string, string[]][] = [
      ['mot-1', ['MOT-100', 'MOT-101']],
      ['MOT-101', ['MOT-101']],
      ['ot-1', []],
      ['ab', ['MOT-100', 'MOT-101']],
      ['ab12 c', ['MOT-100']],
      ['xy34zzz', ['MOT-100']],
      ['gö-ab', ['H_M-300']],
      ['cast', ['H_M-300', 'MOT-100']],
      ['castellano zoë', ['MOT-100']],
      ['Zoe\u0308', ['MOT-100']],
      ['MÜLLER', ['MOT-100']],
      ['o’neill', ['MOT-101']],
      ["o'neill", ['MOT-101']],
      ['петр', ['HOM-200']],
      ['h_m', ['H_M-300']],
      ['nobody', []],
    ];
    for (const [q, expected] of cases) assert.deepEqual(await found(q), expected, q);
    const [first] = (await agent.get('/api/policies?q=mot-100')).json.policies;
    assert.deepEqual(first, {
      number: 'MOT-100',
      line: 'motor',
      currency: 'GBP',
      inception: '2026-01-01',
      status: 'active',
      termStart: '2026-01-01',
      termEnd: '2027-01-01',
      holderId: fakeId(1),
      holderName: 'Zoë Müller-Castellano',
      registration: 'XY34ZZZ',
    });
  });

  test('takes whatever is typed as words, never as part of a query', async (t) => {
    const { rest, bring, agent } = await policyPeople(t);
    await bring(named('MOT-100', 1, 'Zoë Quist', 'XQ12 CDE'));
    const attacks = [
      `'`,
      `' or '1'='1`,
      `'; drop table policies; --`,
      String.raw`\'; select pg_sleep(10); --`,
      String.raw`MOT\\%`,
      '%',
      '_',
      '%%%',
      '?',
      '??',
      '$1',
      ':*',
      'a:*',
      '!a',
      'a & !b | (c',
      '<->',
      '*',
      `x' | 'y`,
      'MOT-100%',
      'M%',
      '_OT-100',
      '\u{10FFFF}',
      '\u0301',
    ];
    const naughty = naughtyStrings.filter((text) => text.trim() !== '' && text.length <= 100 && text.isWellFormed());
    for (const q of [...attacks, ...naughty]) {
      const reply = await agent.get(`/api/policies?q=${encodeURIComponent(q)}`);
      if (q.includes('\0')) assert.deepEqual(outcome(reply), [400, 'invalid']);
      else assert.deepEqual(numbers(reply), [], JSON.stringify(q));
    }
    assert.deepEqual(numbers(await agent.get('/api/policies?q=MOT')), ['MOT-100'], 'and the policy is still there');
    for (const query of [
      'q=',
      'q=%00',
      `q=${'a'.repeat(101)}`,
      'q=a&q=b',
      'limit=0',
      'limit=101',
      'limit=x',
      'limit=1e1',
      'after=%27',
    ])
      assert.deepEqual(outcome(await agent.get(`/api/policies?${query}`)), [400, 'invalid'], query);
    assert.deepEqual(rest.logged, []);
  });

  test('read page by page shows each policy that was there once, whatever is added meanwhile', async (t) => {
    const { bring, agent } = await policyPeople(t);
    const plain = (n: number) =>
      policy({ number: `P-${String(n).padStart(3, '0')}`, versions: [version({ vehicle: null })] });
    const before = Array.from({ length: 50 }, (_, n) => plain(n * 10));
    await bring(...before);
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; ; pages++) {
      assert.ok(pages < 50, 'it comes to an end');
      const { json } = await agent.get(`/api/policies?limit=7${after === undefined ? '' : `&after=${after}`}`);
      seen.push(...json.policies.map(({ number }: { number: string }) => number));
      after = json.next;
      if (after === undefined) break;
      // One before the place we have come to, and one behind it.
      await bring(plain(pages * 10 + 1), plain(490 - pages * 10 + 5));
    }
    assert.equal(new Set(seen).size, seen.length, 'none twice');
    assert.deepEqual(seen, seen.toSorted(), 'in order');
    assert.deepEqual(
      before.map(({ number }) => number).filter((number) => !seen.includes(number)),
      [],
    );
  });
});
