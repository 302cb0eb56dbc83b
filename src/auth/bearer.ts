/** From an `Authorization` header to a caller: whose token it is, and what the database says of that account now. */
import type { Caller } from '../../rooms/kit.ts';
import type { Callers } from './callers.ts';
import type { Tokens } from './tokens.ts';

export type Identified =
  | { readonly ok: true; readonly caller: Caller; readonly sessionId: string }
  | { readonly ok: false; readonly reason: 'missing' | 'invalid' | 'expired' | 'disabled' };
export type Identify = (authorization: string) => Promise<Identified>;

export const createIdentify =
  (tokens: Tokens, callers: Callers): Identify =>
  async (authorization) => {
    const token = bearerToken(authorization);
    if (token === undefined) return { ok: false, reason: 'missing' };
    const verified = tokens.verify(token);
    if (!verified.ok) return verified;
    const caller = await callers.get(verified.accountId);
    return caller ? { ok: true, caller, sessionId: verified.sessionId } : { ok: false, reason: 'disabled' };
  };

export const bearerToken = (authorization: string): string | undefined =>
  /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
