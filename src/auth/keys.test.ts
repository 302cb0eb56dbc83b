import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { createKeys } from './keys.ts';

const newDataDir = (t: TestContext) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-keys-'));
  t.after(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
};
const pem = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('the signing key', () => {
  test('is made once, kept for its owner only, and found again', (t) => {
    const dataDir = join(newDataDir(t), 'not', 'there', 'yet');
    const first = createKeys({ dataDir });
    assert.equal(statSync(join(dataDir, 'jwt-key.pem')).mode & 0o777, 0o600);
    assert.equal(createKeys({ dataDir }).kid, first.kid);
    assert.match(readFileSync(join(dataDir, 'jwt-key.pem'), 'utf8'), /BEGIN PRIVATE KEY/);
  });

  test('given by the environment leaves no file', (t) => {
    const dataDir = newDataDir(t);
    const jwtPrivateKey = pem('P-256');
    assert.equal(createKeys({ dataDir, jwtPrivateKey }).kid, createKeys({ dataDir, jwtPrivateKey }).kid);
    assert.throws(() => statSync(join(dataDir, 'jwt-key.pem')));
  });

  test('must be on P-256', (t) => {
    assert.throws(() => createKeys({ dataDir: newDataDir(t), jwtPrivateKey: pem('P-384') }), /P-256/);
  });

  test('is named by its RFC 7638 thumbprint', (t) => {
    const { kid, ring, privateKey } = createKeys({ dataDir: newDataDir(t) });
    assert.match(kid, /^[\w-]{43}$/);
    assert.deepEqual(ring.get(kid)?.export({ format: 'jwk' }), createPublicKey(privateKey).export({ format: 'jwk' }));
    assert.equal(ring.size, 1);
  });
});
