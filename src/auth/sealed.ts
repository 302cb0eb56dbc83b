/** Seals what lies in the database so that only this server's own secret opens it: AES-256-GCM under a key derived by HKDF. */
import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

export interface Seal {
  /** `name` is bound to it: what was sealed under one cannot be passed off as another. */
  close(name: string, secret: Buffer): Buffer;
  /** Null: it was sealed with another secret, or tampered with. */
  open(name: string, sealed: Buffer): Buffer | null;
}

const nonceBytes = 12;
const tagBytes = 16;

export const createSeal = (root: KeyObject, purpose: string): Seal => {
  const secret = root.export({ type: 'pkcs8', format: 'der' });
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `claimroom ${purpose}`, 32));
  return {
    close(name, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
      return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    },
    open(name, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(name)).setAuthTag(sealed.subarray(-tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
};
