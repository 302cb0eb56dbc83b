/** Whose request it is, through as many proxies as may be believed: what they say of the one before, and no more. */
import { isIP } from 'node:net';

export const addressOf = (forwarded: string | undefined, peer: string, trustedProxies: number): string => {
  if (trustedProxies === 0) return peer;
  const said = (forwarded ?? '').split(',').map((each) => each.trim());
  // Each proxy adds at the end; what stands before the trusted ones' was written by anybody.
  const [first = ''] = said.slice(-trustedProxies);
  return isIP(first) ? first : peer;
};

/** This machine: load tests, health checks, a proxy nobody declared. All of them together are no single stranger. */
export const isLoopback = (address: string): boolean => /^(?:127\.|::1$|::ffff:127\.)/.test(address);
