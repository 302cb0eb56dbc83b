import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCsv } from './csv.ts';
import { type Filing, readRow } from './filing.ts';
import { insuranceClaims } from './mappings/insurance-claims.ts';
import { policyYear } from './policy-year.ts';
import { handling, payableOf, settlement } from './steps.ts';

const sound = {
  policy_number: '100001',
  policy_bind_date: '2010-05-04',
  policy_csl: '250/500',
  policy_deductable: '1000',
  policy_annual_premium: '1406.91',
  umbrella_limit: '5000000',
  insured_zip: '466132',
  incident_date: '2015-01-25',
  incident_type: 'Multi-vehicle Collision',
  collision_type: 'Rear Collision',
  incident_severity: 'Minor Damage',
  authorities_contacted: 'Police',
  incident_state: 'SC',
  incident_city: 'Columbus',
  incident_location: '1 Invented Drive',
  incident_hour_of_the_day: '5',
  number_of_vehicles_involved: '3',
  property_damage: 'YES',
  bodily_injuries: '0',
  witnesses: '2',
  police_report_available: 'NO',
  injury_claim: '500',
  property_claim: '1500',
  vehicle_claim: '4000',
  auto_make: 'Saab',
  auto_model: '92x',
  auto_year: '2004',
  fraud_reported: 'N',
};
const read = (change: Readonly<Record<string, string>> = {}) =>
  readRow(insuranceClaims, { line: 7, cells: { ...sound, ...change } });
const filed = (change?: Readonly<Record<string, string>>): Filing => {
  const row = read(change);
  assert.ok(!('faults' in row), JSON.stringify(row));
  return row;
};
const faults = (change: Readonly<Record<string, string>>) => {
  const row = read(change);
  return 'faults' in row ? row.faults : [];
};

describe('a row of the public file', () => {
  test('is refused by column, with what is written there and what is wrong with it', () => {
    const cases: readonly (readonly [column: string, cell: string, fault: string])[] = [
      ['policy_number', '?', 'is not known'],
      ['policy_bind_date', '17-10-2014', 'is not a day such as 2015-01-25'],
      ['incident_date', '2015-02-30', 'is not a day such as 2015-01-25'],
      ['umbrella_limit', '-1000000', 'is below zero'],
      ['vehicle_claim', '5,200', 'is not an amount such as 1406.91'],
      ['vehicle_claim', '', 'is not known'],
      ['incident_hour_of_the_day', '24', 'is not between 0 and 23'],
      ['auto_year', 'old', 'is not a whole number'],
      ['fraud_reported', 'maybe', 'is none of Y, N'],
      [
        'incident_type',
        'constructor',
        'is none of Single Vehicle Collision, Multi-vehicle Collision, Parked Car, Vehicle Theft',
      ],
      ['insured_zip', '1234567890123', 'is longer than 12 characters'],
    ];
    for (const [column, cell, fault] of cases)
      assert.deepEqual(faults({ [column]: cell }), [`${column}: "${cell}" ${fault}`]);
    assert.equal(faults({ auto_year: '?', fraud_reported: '?' }).length, 2, 'all at once');
  });

  test('is taken where what is not known may be unknown', () => {
    const change = { collision_type: '?', property_damage: '?', police_report_available: '?', insured_zip: '?' };
    const { loss, policy } = filed(change);
    assert.match(loss.narrative, /^minor damage\. /);
    assert.equal(JSON.stringify({ loss, policy }).includes('?'), false);
  });

  test('makes the same claim and the same commands whatever else is in the file', () => {
    const ids = ({ room, holderId, commandId }: Filing) => [room, holderId, commandId('report ')];
    assert.deepEqual(ids(filed({ _c39: 'x', age: '48' })), ids(filed()));
    assert.notEqual(filed({ vehicle_claim: '4001' }).room, filed().room);
    assert.notEqual(filed().commandId('report '), filed().commandId('startDraft '));
  });

  test('pays what is claimed less the excess, and opens nothing for zero', () => {
    const { parts } = filed({ injury_claim: '0', vehicle_claim: '900' });
    assert.deepEqual(
      parts.map(({ coverage, claimed, payable }) => [coverage, claimed, payable]),
      [
        ['property', 1_500_00, 1_500_00],
        ['vehicle', 900_00, 0],
      ],
    );
    assert.equal(payableOf(parts), 1_500_00);
    const names = (steps: readonly { readonly name: string; readonly key: string }[]) =>
      steps.map(({ name, key }) => `${name} ${key}`);
    const filing = filed({ injury_claim: '0', vehicle_claim: '900' });
    assert.deepEqual(names(handling(filing)), [
      'takeOver ',
      'openExposure property',
      'setReserve property',
      'openExposure vehicle',
      'setReserve vehicle',
    ]);
    assert.deepEqual(names(settlement(filing)), [
      'approve ',
      'pay property',
      'issuePayment property',
      'clearPayment property',
      'closeExposure property',
      'closeExposure vehicle',
      'close ',
    ]);
  });
});

test('a policy year runs from anniversary to anniversary, also for whoever began on a leap day', () => {
  const years = (inception: string, day: string) => Object.values(policyYear(inception, day));
  assert.deepEqual(years('2010-05-04', '2015-01-25'), [4, '2014-05-04', '2015-05-04']);
  assert.deepEqual(years('2010-01-25', '2015-01-25'), [5, '2015-01-25', '2016-01-25']);
  assert.deepEqual(years('2015-01-03', '2015-01-25'), [0, '2015-01-03', '2016-01-03']);
  assert.deepEqual(years('2004-02-29', '2015-02-28'), [11, '2015-02-28', '2016-02-29']);
  assert.deepEqual(years('2004-02-29', '2005-02-27'), [0, '2004-02-29', '2005-02-28']);
  assert.deepEqual(years('2015-02-22', '2015-02-02'), [0, '2015-02-22', '2016-02-22'], 'before it began');
});

test('a file is read with quotes, either line end, a byte order mark and rows of a wrong length', () => {
  const { columns, rows } = readCsv('\uFEFFname, place\r\n"Okoro, Henry","1 ""High"" St"\r\n\r\nonly one\r\na,b,c\r\n');
  assert.deepEqual(columns, ['name', 'place']);
  assert.deepEqual(rows, [
    { line: 2, cells: { name: 'Okoro, Henry', place: '1 "High" St' } },
    { line: 4, cells: { name: 'only one', place: '' }, fault: 'has 1 columns, the heading 2' },
    { line: 5, cells: { name: 'a', place: 'b' }, fault: 'has 3 columns, the heading 2' },
  ]);
  assert.throws(() => readCsv('a,b\n"open,1\n'), /Quote/);
});
