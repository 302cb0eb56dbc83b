import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPasswords } from './passwords.ts';

const newPasswords = () => createPasswords({ hashesAtOnceMax: 2 });
const hashed = async (password: string, strength: 'staff' | 'customer' = 'customer') => {
  const hash = await newPasswords().hash(password, strength);
  assert.ok(hash);
  return hash;
};

describe('a password', () => {
  test('is stored as argon2id in a PHC string, dearer for staff than for customers', async () => {
    assert.match(await hashed('correct horse battery'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.match(await hashed('correct horse battery', 'staff'), /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  });

  test('is right or wrong', async () => {
    const stored = await hashed('correct horse battery');
    assert.equal(await newPasswords().check('correct horse battery', stored), 'right');
    assert.equal(await newPasswords().check('correct horse batterx', stored), 'wrong');
  });

  test('that another program hashed with its own parameters is understood', async () => {
    // A test vector of the reference implementation.
    const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    assert.equal(await newPasswords().check('password', stored), 'right');
  });

  test('is never cut short, and two salts give two hashes', async () => {
    const long = 'x'.repeat(1_023);
    const stored = await hashed(`${long}a`);
    assert.equal(await newPasswords().check(`${long}b`, stored), 'wrong');
    assert.notEqual(await hashed('same same same'), await hashed('same same same'));
  });

  test('typed as composed or decomposed letters is the same password', async () => {
    assert.equal(await newPasswords().check('cafe\u0301 cafe\u0301 !', await hashed('caf\u00e9 caf\u00e9 !')), 'right');
  });

  test('of an account that does not exist is wrong', async () => {
    assert.equal(await newPasswords().check('anything at all', null), 'wrong');
  });

  test('stored in a form we do not know is a defect, not a wrong password', async () => {
    await assert.rejects(newPasswords().check('x', '$2b$10$abcdefghijklmnopqrstuv'), /not an argon2id PHC string/);
  });
});
