/** Nodes prove to each other that they know the secret, without ever sending it; a proof is good for one pair of nodes and one greeting. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const newNonce = () => randomBytes(16).toString('base64url');

export const proofOf = (secret: string, ...parts: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url');

export const isProven = (proof: unknown, secret: string, ...parts: readonly string[]): boolean => {
  if (typeof proof !== 'string') return false;
  const [given, expected] = [Buffer.from(proof), Buffer.from(proofOf(secret, ...parts))];
  return given.length === expected.length && timingSafeEqual(given, expected);
};
