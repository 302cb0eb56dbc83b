import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createFacts } from '../../src/facts.ts';
import { coverages, fakeId, policy, version } from '../../src/policies/fake-policies.ts';
import { createPolicies } from '../../src/policies/policies.ts';
import { newAuth } from '../support/auth.ts';
import { forStaff, plateWords } from '../../src/read/search-words.ts';
import { entitled } from '../../rooms/permissions.ts';

const holder = fakeId(0xc1);
const room = `claim/${fakeId(1)}`;
const now = '2026-07-15T09:00:00.000Z';
const by = entitled({
  accountId: 'henry',
  customerId: holder,
  roles: ['customer'],
  limits: { reserve: 0, payment: 0 },
});

const asking = async (t: TestContext) => {
  const { orm, owner } = await newAuth(t);
  const policies = createPolicies(orm);
  const facts = createFacts(orm, policies);
  const about = (input: unknown, state: unknown) => ({ room, state, input, by, now });
  return {
    owner,
    policies,
    policyAtLoss: (input: unknown, state: unknown = {}) => facts.policyAtLoss(about(input, state)),
    possibleDuplicates: (input: unknown, state: unknown = {}) => facts.possibleDuplicates(about(input, state)),
  };
};

describe('the policy at the loss', () => {
  const whole = policy({
    customer: { id: holder, name: 'Henry Okoro', isVulnerable: true },
    versions: [version(), version({ version: 2, validFrom: '2026-06-01', reason: 'cancellation', coverages: {} })],
  });
  const told = {
    number: 'MOT-1',
    version: 1,
    currency: 'GBP',
    line: 'motor',
    coverages: JSON.parse(JSON.stringify(coverages)),
    inForce: true,
    holderId: holder,
    isVulnerable: true,
  };

  test('is the version in force on that day, however the number is written', async (t) => {
    const { policies, policyAtLoss } = await asking(t);
    await policies.importMany([whole]);
    for (const policyNumber of ['MOT-1', ' mot-1 '])
      assert.deepEqual(await policyAtLoss({ loss: { policyNumber, occurredOn: '2026-05-31' } }), told);
    assert.deepEqual(await policies.inForceAt('MOT-1', '2026-05-31'), told);
  });

  test('is told, but not as in force, on a day it covers nothing', async (t) => {
    const { policies, policyAtLoss } = await asking(t);
    await policies.importMany([whole]);
    const on = (occurredOn: string) => policyAtLoss({ loss: { policyNumber: 'MOT-1', occurredOn } });
    assert.deepEqual(await on('2026-06-01'), { ...told, version: 2, coverages: {}, inForce: false });
    assert.deepEqual(await on('2025-12-31'), { ...told, inForce: false });
    assert.equal(await policies.inForceAt('MOT-1', '2026-06-01'), null);
    assert.equal(await policies.inForceAt('MOT-9', '2026-06-01'), null);
  });

  test('holds from the first day to the last, by the calendar of the place, and not in a gap', async (t) => {
    const { policies, policyAtLoss } = await asking(t);
    const terms = { termStart: '2026-01-01', termEnd: '2027-01-01' };
    const versions = [
      version({ ...terms, validTo: '2026-03-01' }),
      version({ ...terms, version: 2, validFrom: '2026-04-01', reason: 'reinstatement' }),
      version({
        ...terms,
        version: 3,
        validFrom: '2026-09-15',
        validTo: '2026-10-01',
        reason: 'cancellation',
        coverages: {},
      }),
      version({
        version: 4,
        validFrom: '2027-01-01',
        termStart: '2027-01-01',
        termEnd: '2028-01-01',
        reason: 'renewal',
      }),
    ];
    await policies.importMany([policy({ versions })]);
    const on = async (occurredOn: string, when: object = {}) => {
      const told = await policyAtLoss({ loss: { policyNumber: 'MOT-1', occurredOn, ...when } });
      return [told?.version, told?.inForce];
    };
    const days: [string, number, boolean][] = [
      ['1900-01-01', 1, false],
      ['2025-12-31', 1, false],
      ['2026-01-01', 1, true],
      ['2026-02-28', 1, true],
      ['2026-03-01', 1, false],
      ['2026-03-31', 1, false],
      ['2026-04-01', 2, true],
      ['2026-09-14', 2, true],
      ['2026-09-15', 3, false],
      ['2026-09-30', 3, false],
      ['2026-10-01', 2, true],
      ['2026-12-31', 2, true],
      ['2027-01-01', 4, true],
      ['2027-12-31', 4, true],
      ['2028-01-01', 4, false],
    ];
    for (const [day, ...expected] of days) assert.deepEqual(await on(day), expected, day);
    // A day is a day where it happened: neither the hour nor how far that is from Greenwich moves it.
    for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/London'])
      for (const occurredAt of ['00:00', '23:59']) {
        assert.deepEqual(await on('2026-01-01', { occurredAt, zone }), [1, true]);
        assert.deepEqual(await on('2025-12-31', { occurredAt, zone }), [1, false]);
      }
  });

  test('is that of the draft, overruled by what the command says; without a day that of today', async (t) => {
    const { policies, policyAtLoss } = await asking(t);
    await policies.importMany([whole]);
    const draft = { loss: { policyNumber: 'MOT-1', occurredOn: '2026-02-01' } };
    assert.equal((await policyAtLoss({}, draft))?.inForce, true);
    assert.equal((await policyAtLoss({ loss: { occurredOn: '2026-07-01' } }, draft))?.inForce, false);
    assert.equal(await policyAtLoss({ loss: { policyNumber: 'MOT-9' } }, draft), null);
    assert.equal((await policyAtLoss({ loss: { policyNumber: 'MOT-1' } }))?.inForce, false, 'in July it is cancelled');
  });

  test('is none where none is named, or what is named is no number', async (t) => {
    const { policies, policyAtLoss } = await asking(t);
    await policies.importMany([whole]);
    const draft = { loss: { policyNumber: 'MOT-1', occurredOn: '2026-02-01' } };
    for (const input of [
      undefined,
      null,
      'x',
      [],
      {},
      { loss: null },
      { loss: 'MOT-1' },
      { loss: { policyNumber: 7 } },
    ])
      assert.equal(await policyAtLoss(input), null, JSON.stringify(input));
    for (const policyNumber of ['', "' or 1=1", 'MOT 1', null, { $ne: null }, ['MOT-1'], 'x'.repeat(10_000)])
      assert.equal(await policyAtLoss({ loss: { policyNumber } }, draft), null, 'not the draft’s instead');
  });
});

describe('possible duplicates', () => {
  const loss = { policyNumber: 'MOT-1', peril: 'collision', occurredOn: '2026-05-10' };
  const claims = async (
    { owner }: Pick<Awaited<ReturnType<typeof asking>>, 'owner'>,
    ...rows: { n: number; status?: string; number?: string | null; peril?: string; day?: string | null }[]
  ) => {
    for (const { n, status = 'triage', number = 'MOT-1', peril = 'collision', day = '2026-05-10' } of rows)
      await owner.query(
        `insert into claims (id, status, customer_id, policy_number, peril, incident_date, seq, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6::date::timestamp at time zone 'UTC', 1, now(), now())`,
        [fakeId(n), status, holder, number, peril, day],
      );
  };

  test('are other claims of that policy for that peril within three days, the nearest first', async (t) => {
    const { owner, possibleDuplicates } = await asking(t);
    await claims(
      { owner },
      { n: 1 },
      { n: 2, day: '2026-05-07' },
      { n: 3, day: '2026-05-13', number: 'mot-1' },
      { n: 4, day: '2026-05-11', status: 'closed' },
      { n: 5, day: '2026-05-06' },
      { n: 6, day: '2026-05-14' },
      { n: 7, peril: 'theft' },
      { n: 8, number: 'MOT-10' },
      { n: 9, number: null },
      { n: 10, day: null },
      { n: 11, status: 'draft' },
      { n: 12, status: 'withdrawn' },
      { n: 13, status: 'void' },
      { n: 14, status: 'denied' },
    );
    assert.deepEqual(await possibleDuplicates({ loss }), [14, 4, 2, 3].map(fakeId));
    assert.deepEqual(await possibleDuplicates({}, { loss }), [14, 4, 2, 3].map(fakeId));
    assert.deepEqual(await possibleDuplicates({ loss: { occurredOn: '2026-05-16' } }, { loss }), [6, 3].map(fakeId));
  });

  test('are claims with the same vehicle on days that are close, on whatever policy and for whatever peril', async (t) => {
    const { owner, possibleDuplicates } = await asking(t);
    const others = { number: 'MOT-2', peril: 'theft' };
    await claims({ owner }, { n: 2, ...others }, { n: 3, ...others }, { n: 4, ...others, day: '2026-05-14' }, { n: 5 });
    const words = async (n: number, registration: string, note: (words: readonly string[]) => readonly string[]) =>
      owner.query('insert into claim_search (id, words) values ($1, $2)', [
        fakeId(n),
        note(plateWords(registration)).join(' '),
      ]);
    await words(2, 'AB12 CDE', (told) => told);
    await words(3, 'ab12cde', forStaff);
    await words(4, 'AB12 CDE', (told) => told);
    assert.deepEqual(await possibleDuplicates({ loss: { ...loss, registration: 'Ab12cde' } }), [2, 3, 5].map(fakeId));
    const another = { policyNumber: 'MOT-9', occurredOn: loss.occurredOn };
    assert.deepEqual(await possibleDuplicates({ loss: { ...another, registration: 'AB12 CDE' } }), [2, 3].map(fakeId));
    for (const registration of ['CDE', 'AB12', 'AB12 CDF', "'", '', 7])
      assert.deepEqual(await possibleDuplicates({ loss: { ...another, registration } }), [], String(registration));
  });

  test('are at most ten, and none while the loss is not told', async (t) => {
    const { owner, possibleDuplicates } = await asking(t);
    await claims({ owner }, ...Array.from({ length: 14 }, (_, n) => ({ n: 100 + n })));
    assert.equal((await possibleDuplicates({ loss })).length, 10);
    for (const field of ['policyNumber', 'peril', 'occurredOn'])
      assert.deepEqual(await possibleDuplicates({ loss: { ...loss, [field]: undefined } }), [], field);
    for (const policyNumber of ["' or ''='", '%', 'MOT_1', '?'])
      assert.deepEqual(await possibleDuplicates({ loss: { ...loss, policyNumber } }), []);
  });
});
