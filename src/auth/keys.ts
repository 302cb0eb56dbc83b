/** The key access tokens are signed with: ES256, from the environment or made once and kept in the data directory. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Keys {
  /** RFC 7638 thumbprint of the public key: the same on every node that has the key. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** The only keys tokens are verified with, by kid. */
  readonly ring: ReadonlyMap<string, KeyObject>;
}

/** `jwtPrivateKey` is a PEM; without one the key lives in `<dataDir>/jwt-key.pem`, readable by its owner only. */
export const createKeys = ({
  jwtPrivateKey,
  dataDir,
}: {
  readonly jwtPrivateKey?: string | undefined;
  readonly dataDir: string;
}): Keys => {
  const privateKey = parse(jwtPrivateKey ?? keptKey(dataDir));
  const publicKey = createPublicKey(privateKey);
  const kid = thumbprint(publicKey);
  return { kid, privateKey, ring: new Map([[kid, publicKey]]) };
};

const parse = (pem: string): KeyObject => {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error('The JWT key must be an EC key on P-256 (ES256).');
  return key;
};

const keptKey = (dataDir: string): string => {
  const path = join(dataDir, 'jwt-key.pem');
  mkdirSync(dataDir, { recursive: true });
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Written whole under another name and then linked: two starts at once end with one key, and a crash leaves no half of one.
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const fresh = `${path}.${randomUUID()}`;
  writeFileSync(fresh, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
  return readFileSync(path, 'utf8');
};

export const thumbprint = (publicKey: KeyObject) => {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
};
