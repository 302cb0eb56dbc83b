/** What follows from roles. Which seat follows from what: claim/seats.test.ts; every route and command for every role: tests/matrix/. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BuiltInRole, builtInRoles, entitled, may, permissionNames, permissions } from './permissions.ts';

const limits = { reserve: 500, payment: 200 };
const by = (roles: readonly string[], granted: readonly string[] = []) =>
  entitled({ accountId: 'a', roles, limits }, granted);
const roles = Object.keys(builtInRoles) as BuiltInRole[];

describe('what an account may do', () => {
  test('is the sum of its roles, in one order, each once', () => {
    const both = by(['supervisor', 'agent', 'agent']);
    assert.deepEqual(both.permissions, by(['agent', 'supervisor']).permissions);
    assert.equal(new Set(both.permissions).size, both.permissions.length);
    for (const role of ['agent', 'supervisor'] as const)
      for (const permission of builtInRoles[role]) assert.ok(may(both, permission), permission);
  });

  test('is also what its custom roles hold, as far as there is such a permission', () => {
    assert.deepEqual(by(['trainee'], ['claims.handle', 'system.act', 'everything']).permissions, ['claims.handle']);
  });

  test('is nothing with a role nobody knows, nor with one called system', () => {
    for (const name of ['system', 'visitor', '__proto__', 'toString']) assert.deepEqual(by([name]).permissions, []);
  });

  test('is never to act as the system', () => {
    for (const role of roles) assert.ok(!may(by([role], permissionNames), 'system.act'), role);
  });
});

test('limits count only for those who may approve', () => {
  assert.deepEqual(by(['agent']).limits, limits);
  assert.deepEqual(by(['auditor']).limits, { reserve: 0, payment: 0 });
  assert.deepEqual(by(['trainee'], ['reserves.approve']).limits, { reserve: 500, payment: 0 });
});

test('every permission has its sentence, and somebody who has it', () => {
  assert.ok(permissionNames.length >= 25);
  for (const [name, sentence] of Object.entries(permissions)) {
    assert.match(name, /^[a-z]+\.[a-z]+$/);
    assert.match(sentence, /^[A-Z].*\.$/);
  }
  const held = new Set<string>(Object.values(builtInRoles).flat());
  assert.deepEqual([...held].sort(), [...permissionNames].sort());
});
