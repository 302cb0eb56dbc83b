/** From an `Authorization` header to a caller: whose token it is, and what the database says of that account and session now. */
import type { Caller } from '../../rooms/kit.ts';
import type { Callers } from './callers.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { Tokens } from './tokens.ts';

export type Identified =
  | {
      readonly ok: true;
      readonly caller: Caller;
      readonly sessionId: string;
      readonly expiresAt: number;
      readonly onBehalf?: string;
    }
  | { readonly ok: false; readonly reason: 'missing' | 'invalid' | 'expired' | 'ended' | 'disabled' };
export type Identify = (authorization: string) => Promise<Identified>;

/** The same for a token by itself, as sockets bring it. */
export const createIdentifyToken =
  (tokens: Tokens, callers: Callers, sessions: Pick<LiveSessions, 'isLive'>) =>
  async (token: string): Promise<Identified> => {
    const verified = tokens.verify(token);
    if (!verified.ok) return verified;
    const { accountId, sessionId, expiresAt } = verified;
    const [caller, isLive] = await Promise.all([callers.get(accountId), sessions.isLive(sessionId)]);
    if (!caller) return { ok: false, reason: 'disabled' };
    return isLive ? { ok: true, caller, sessionId, expiresAt } : { ok: false, reason: 'ended' };
  };
export type IdentifyToken = ReturnType<typeof createIdentifyToken>;

export const createIdentify =
  (identifyToken: IdentifyToken): Identify =>
  async (authorization) => {
    const token = bearerToken(authorization);
    return token === undefined ? { ok: false, reason: 'missing' } : identifyToken(token);
  };

export const bearerToken = (authorization: string): string | undefined =>
  /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
