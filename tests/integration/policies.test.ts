import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { coverages, fakeId, policy, vehicle, version } from '../../src/policies/fake-policies.ts';
import { henry, numbers, outcome, policyPeople, whole } from '../support/policy-people.ts';

describe('a policy as of a day', () => {
  test('is the version in force: from its first day on, until the next one’s, within its term', async (t) => {
    const { bring, agent } = await policyPeople(t);
    const ended = version({ termStart: '2025-01-01', validFrom: '2025-01-01', validTo: '2025-03-01' });
    const renewed = version({ version: 2, termEnd: '2026-07-01', reason: 'renewal' });
    await bring(whole, policy({ number: 'MOT-3', inception: '2025-01-01', versions: [ended, renewed] }));
    const on = async (day: string, number = 'MOT-1') => {
      const { status, json } = await agent.get(`/api/policies/${number}?asOf=${day}`);
      return status === 200 ? json.version.version : [status, json.code];
    };
    const notInForce = [409, 'policy/not-in-force'];
    assert.deepEqual(await on('2025-12-31'), notInForce);
    assert.deepEqual(await on('2026-01-01'), 1);
    assert.deepEqual(await on('2026-05-31'), 1);
    assert.deepEqual(await on('2026-06-01'), 2);
    assert.deepEqual(await on('2026-09-30'), 2);
    assert.deepEqual(await on('2026-10-01'), notInForce, 'cancelled from that day on');
    assert.deepEqual(await on('2025-02-28', 'MOT-3'), 1);
    assert.deepEqual(await on('2025-03-01', 'MOT-3'), notInForce, 'ended before its term');
    assert.deepEqual(await on('2025-12-31', 'MOT-3'), notInForce);
    assert.deepEqual(await on('2026-01-01', 'MOT-3'), 2);
    assert.deepEqual(await on('2026-06-30', 'MOT-3'), 2);
    assert.deepEqual(await on('2026-07-01', 'MOT-3'), notInForce, 'the term is over');
    assert.deepEqual(outcome(await agent.get('/api/policies/MOT-1?asOf=1.6.2026')), [400, 'invalid']);
    assert.deepEqual(outcome(await agent.get('/api/policies/MOT-2?asOf=2026-06-01')), [404, 'not-found']);
  });

  test('is shown with what was insured, for whom, and its whole history', async (t) => {
    const { bring, agent } = await policyPeople(t);
    await bring(whole);
    const { json } = await agent.get('/api/policies/mot-1?asOf=2026-06-01');
    const recordedAt = json.version.recordedAt;
    assert.match(recordedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const term = { termStart: '2026-01-01', termEnd: '2027-01-01' };
    assert.deepEqual(json, {
      number: 'MOT-1',
      line: 'motor',
      currency: 'GBP',
      inception: '2026-01-01',
      status: 'active',
      holder: {
        id: henry,
        name: 'Henry Okoro',
        email: 'henry@example.test',
        phone: '+44 1632 960001',
        postcode: 'NR1 4DJ',
        isVulnerable: true,
      },
      inForce: true,
      version: {
        version: 2,
        validFrom: '2026-06-01',
        validTo: null,
        ...term,
        reason: 'endorsement',
        vehicle: { ...vehicle, id: fakeId(0xcb), registration: 'XY34ZZZ', vin: '1M8GDM9AXKP042788' },
        coverages: JSON.parse(JSON.stringify(coverages)),
        premium: 700_00,
        recordedAt,
      },
      versions: [
        { version: 1, validFrom: '2026-01-01', validTo: null, ...term, reason: 'new-business', recordedAt },
        { version: 2, validFrom: '2026-06-01', validTo: null, ...term, reason: 'endorsement', recordedAt },
        { version: 3, validFrom: '2026-10-01', validTo: null, ...term, reason: 'cancellation', recordedAt },
      ],
    });
  });

  test('without a day is as of today, in force or not', async (t) => {
    const { bring, agent } = await policyPeople(t);
    const ever = { termStart: '2020-01-01', termEnd: '2199-01-01', validFrom: '2020-01-01' };
    await bring(
      policy({ number: 'NOW-1', inception: '2020-01-01', versions: [version(ever)] }),
      policy({
        number: 'OLD-1',
        inception: '2001-01-01',
        versions: [version({ termStart: '2001-01-01', validFrom: '2001-01-01', termEnd: '2002-01-01' })],
      }),
    );
    assert.equal((await agent.get('/api/policies/NOW-1')).json.inForce, true);
    const old = await agent.get('/api/policies/OLD-1');
    assert.deepEqual([old.status, old.json.inForce, old.json.version.version], [200, false, 1]);
  });

  test('can be read as it was known at an instant, whatever was recorded since', async (t) => {
    const { bring, agent } = await policyPeople(t);
    await bring(policy());
    const first = (await agent.get('/api/policies/MOT-1?asOf=2026-02-01')).json.version;
    await new Promise((resolve) => setTimeout(resolve, 5));
    // For the past: on 1 February the car was already insured for more.
    await bring(policy({ versions: [version({ version: 2, reason: 'correction', premium: 1 })] }));
    const known = (at: string) => agent.get(`/api/policies/MOT-1?asOf=2026-02-01&knownAt=${at}`);
    assert.equal((await agent.get('/api/policies/MOT-1?asOf=2026-02-01')).json.version.version, 2);
    const then = await known(first.recordedAt);
    assert.deepEqual([then.json.version, then.json.versions.length], [first, 1]);
    assert.deepEqual(outcome(await known('2000-01-01T00:00:00.000Z')), [404, 'not-found']);
    assert.deepEqual(outcome(await known('yesterday')), [400, 'invalid']);
  });
});

describe('who may see a policy', () => {
  test('its holder sees it without what is noted about them; another customer hears that there is none', async (t) => {
    const { bring, agent, holder, stranger, administrator } = await policyPeople(t);
    await bring(whole, policy({ number: 'MOT-2', customer: { id: fakeId(0xc3), name: 'Somebody Else' } }));
    const own = await holder.get('/api/policies/MOT-1?asOf=2026-06-01');
    assert.deepEqual(Object.keys(own.json.holder), ['id', 'name', 'email', 'phone', 'postcode']);
    assert.deepEqual(numbers(await holder.get('/api/policies')), ['MOT-1']);
    for (const path of [
      '/api/policies/MOT-2',
      '/api/policies/MOT-2?asOf=2026-06-01',
      '/api/policies/MOT-2?asOf=2020-01-01',
    ])
      assert.deepEqual(outcome(await holder.get(path)), [404, 'not-found']);
    const unknown = await stranger.get('/api/policies/NONE-1');
    assert.deepEqual(
      (await stranger.get('/api/policies/MOT-1')).json,
      unknown.json,
      'exactly like one that is not there',
    );
    assert.deepEqual(numbers(await stranger.get('/api/policies')), []);
    for (const staff of [agent, administrator])
      assert.deepEqual(numbers(await staff.get('/api/policies')), ['MOT-1', 'MOT-2']);
  });

  test('a search shows customers no more than their own', async (t) => {
    const { bring, holder } = await policyPeople(t);
    await bring(whole, policy({ number: 'MOT-2', customer: { id: fakeId(0xc3), name: 'Somebody Else' } }));
    for (const q of ['MOT', 'Somebody', 'AB12', 'MOT-2'])
      assert.ok(
        numbers(await holder.get(`/api/policies?q=${q}`)).every((number) => number === 'MOT-1'),
        q,
      );
    assert.deepEqual(numbers(await holder.get('/api/policies?q=Henry')), ['MOT-1']);
  });

  test('an id without the role reaches nothing, nor does a role of outsiders, nor nobody', async (t) => {
    const { rest, bring } = await policyPeople(t);
    await bring(whole);
    const former = await rest.signedIn({ roles: ['repairer'], customerId: henry });
    const unlinked = await rest.signedIn({ roles: ['customer'] });
    for (const one of [former, unlinked]) {
      assert.deepEqual(numbers(await one.get('/api/policies')), []);
      assert.deepEqual(outcome(await one.get('/api/policies/MOT-1')), [404, 'not-found']);
    }
    for (const path of ['/api/policies', '/api/policies/MOT-1'])
      assert.equal((await rest.call('GET', path)).status, 401);
  });
});
