import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInRoles, type Grantable } from '../../rooms/permissions.ts';
import { notGrantable, rolesNotGrantable } from './granting.ts';

const holding = (...permissions: Grantable[]) => ({ permissions });
const administrator = holding(...builtInRoles.administrator);
const none: ReadonlyMap<string, readonly string[]> = new Map();

describe('giving permissions', () => {
  test('nobody gives what they do not hold', () => {
    assert.deepEqual(notGrantable(holding('users.manage'), ['users.manage', 'claims.handle']), ['claims.handle']);
    assert.deepEqual(notGrantable(holding(), ['users.read']), ['users.read']);
  });

  test('whoever manages roles also gives the work of the operation, but no power over the system that they lack', () => {
    assert.deepEqual(notGrantable(administrator, ['claims.handle', 'payments.approve']), []);
    assert.deepEqual(notGrantable(holding('roles.manage'), ['claims.handle', 'tokens.manage', 'users.manage']), [
      'tokens.manage',
      'users.manage',
    ]);
  });

  test('what is no permission cannot be given, nor can the system’s own', () =>
    assert.deepEqual(notGrantable(administrator, ['system.act', 'everything']), ['system.act', 'everything']));
});

describe('giving roles', () => {
  test('an administrator gives every built-in one', () => {
    assert.deepEqual(rolesNotGrantable(administrator, Object.keys(builtInRoles), none), []);
  });

  test('somebody who only manages users gives what lies within their own', () => {
    const lead = holding('users.manage', 'claims.own', 'policies.own', 'documents.read');
    assert.deepEqual(rolesNotGrantable(lead, ['customer'], none), []);
    assert.deepEqual(
      rolesNotGrantable(lead, ['customer', 'administrator', 'auditor'], none).map(({ role }) => role),
      ['administrator', 'auditor'],
    );
  });

  test('a custom role counts by what it is made of, and one that does not exist is given to nobody', () => {
    const custom = new Map([['trainee', ['documents.read']]]);
    assert.deepEqual(rolesNotGrantable(administrator, ['trainee'], custom), []);
    assert.equal(rolesNotGrantable(holding('users.manage'), ['trainee'], custom).length, 1);
    assert.equal(rolesNotGrantable(administrator, ['nobody'], custom).length, 1);
  });
});
