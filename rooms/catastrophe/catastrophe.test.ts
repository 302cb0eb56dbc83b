/** Which losses belong to a catastrophe, what that does to them, and who may say so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from '../given.ts';
import { claimRoom } from '../claim/room.ts';
import { callers, holderId, loss } from '../claim/fake-claims.ts';
import { weigh } from '../claim/priority.ts';
import { type Caller, isRejection } from '../kit.ts';
import { entitled } from '../permissions.ts';
import { type Area, isStruck } from './area.ts';
import { catastropheRoom } from './room.ts';

const by = (role: string): Caller => entitled({ accountId: role, roles: [role], limits: { reserve: 0, payment: 0 } });
const area: Area = { places: ['Bath', 'Kew Gardens'], postcodes: ['CF10'], from: '2026-02-01', to: '2026-02-03' };
const told = { occurredOn: '2026-02-02', peril: 'storm' as const };
const declared = { type: 'declared' as const, data: { name: 'Storm Ada', area, points: 25 } };
const code = (outcome: object) => (isRejection(outcome) ? outcome.rejected : 'done');

test('a loss belongs to it by place, postcode or position, within its days and perils', () => {
  const square: Area = { from: '2026-02-01', to: '2026-02-03', polygon: ['51,-4', '52,-4', '52,-3', '51,-3'] };
  const cases: readonly (readonly [isIn: boolean, area: Area, told: object])[] = [
    [true, area, { place: 'High Street, BATH' }],
    [false, area, { place: 'Bathgate' }],
    [true, area, { place: 'near Kew   Gardens, London' }],
    [false, area, { place: 'Kew, London' }],
    [true, area, { postcode: 'cf101aa' }],
    [false, area, { postcode: 'CF1 1AA' }],
    [false, area, { place: 'Bath', occurredOn: '2026-01-31' }],
    [false, area, { place: 'Bath', occurredOn: '2026-02-04' }],
    [true, { ...area, perils: ['storm', 'water'] }, { place: 'Bath' }],
    [false, { ...area, perils: ['water'] }, { place: 'Bath' }],
    [true, square, { position: '51.5,-3.5' }],
    [false, square, { position: '51.5,-2.9' }],
    [false, square, { position: '52.5,-3.5' }],
    [false, square, { place: 'Bath' }],
    [false, area, {}],
  ];
  for (const [isIn, where, what] of cases)
    assert.equal(isStruck(where, { ...told, ...what }), isIn, JSON.stringify([where, what]));
});

test('those who manage catastrophes declare, change and end one; staff look on, customers know of none', () => {
  const none = given(catastropheRoom);
  assert.deepEqual(none.when('declare', { name: 'Storm Ada', area }, by('supervisor')), [declared]);
  for (const role of ['agent', 'auditor', 'customer'])
    assert.equal(code(none.when('declare', { name: 'x', area }, by(role))), 'not-found');
  const one = given(catastropheRoom, declared);
  assert.equal(code(one.when('change', { area, why: 'More rain.' }, by('supervisor'))), 'done');
  assert.equal(code(one.when('end', { why: 'It is dry.' }, by('agent'))), 'forbidden');
  assert.equal(code(one.when('end', { why: 'It is dry.' }, by('customer'))), 'not-found');
  const over = given(catastropheRoom, declared, { type: 'ended', data: { why: 'It is dry.' } });
  assert.equal(code(over.when('change', { area, why: 'Rain again.' }, by('supervisor'))), 'catastrophe/not-now');
});

test('one that is nowhere, or ends before it begins, is turned down by field', () => {
  const none = given(catastropheRoom);
  const { places: _, postcodes: __, ...nowhere } = area;
  for (const [wrong, path] of [
    [nowhere, 'area'],
    [{ ...area, to: '2026-01-01' }, 'area.to'],
    [{ ...area, polygon: ['51,-4', '52,-4'] }, 'area.polygon'],
    [{ ...area, postcodes: ['cf10'] }, 'area.postcodes.0'],
  ] as const) {
    const outcome = none.when('declare', { name: 'x', area: wrong }, by('supervisor'));
    assert.ok(isRejection(outcome));
    assert.deepEqual([outcome.rejected, (outcome.details['issues'] as { path: string }[])[0]!.path], ['invalid', path]);
  }
});

test('a claim reported of it says so, is more urgent by its points, and the trace says why', () => {
  const catastrophe = { id: 'c', name: 'Storm Ada', points: 25 };
  const outcome = given(claimRoom).when('report', { holderId, loss }, callers.system, undefined, { catastrophe });
  assert.ok(!isRejection(outcome));
  const [reported] = outcome;
  assert.deepEqual((reported!.data as { catastrophe: object }).catastrophe, catastrophe);
  const { state } = given(claimRoom, reported as never);
  assert.deepEqual(state.catastrophe, catastrophe);
  const plain = weigh({ ...state, catastrophe: undefined } as never, '2026-02-03T00:00:00.000Z');
  const struck = weigh(state, '2026-02-03T00:00:00.000Z');
  assert.deepEqual([struck.score - plain.score, struck.reasons['catastrophe']], [25, 25]);
});
