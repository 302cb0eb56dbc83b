/** Access tokens: who is signed in, for five minutes. What they may do is not in them; that is read from the database. */
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { Uuid } from '../../rooms/values.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Keys } from './keys.ts';

export const accessTokenSeconds = 5 * 60;
const issuer = 'claimroom';
const audience = 'claimroom';
const clockToleranceSeconds = 5;
const tokenCharsMax = 4_096;

const Claims = z.object({ sub: Uuid, sid: Uuid, exp: z.int() });

export interface Tokens {
  /** `endsAt` (milliseconds): not beyond the end of its session. */
  issue(who: { readonly accountId: string; readonly sessionId: string; readonly endsAt?: number }): {
    readonly token: string;
    readonly expiresAt: string;
  };
  /** Never throws: a bad token is an answer, not a failure. */
  verify(token: string): Verified;
}
export type Verified =
  /** `expiresAt` in milliseconds, to compare with the clock. */
  | { readonly ok: true; readonly accountId: string; readonly sessionId: string; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

export const createTokens = (keys: Keys, clock: Pick<Clock, 'now'>): Tokens => {
  const seconds = () => Math.floor(clock.now() / 1000);
  const invalid = { ok: false, reason: 'invalid' } as const;

  return {
    issue({ accountId, sessionId, endsAt = Number.POSITIVE_INFINITY }) {
      const iat = seconds();
      const exp = Math.min(iat + accessTokenSeconds, Math.floor(endsAt / 1000));
      const token = jwt.sign(
        { sub: accountId, sid: sessionId, iss: issuer, aud: audience, iat, exp },
        keys.privateKey,
        {
          algorithm: 'ES256',
          header: { alg: 'ES256', typ: 'at+jwt', kid: keys.kid },
        },
      );
      return { token, expiresAt: new Date(exp * 1000).toISOString() };
    },
    verify(token) {
      if (token.length > tokenCharsMax) return invalid;
      try {
        const header = jwt.decode(token, { complete: true })?.header;
        // Only our own keys, found by name: nothing in a token may say where to find one.
        const key = header?.typ === 'at+jwt' && typeof header.kid === 'string' ? keys.ring.get(header.kid) : undefined;
        if (!key) return invalid;
        const payload = jwt.verify(token, key, {
          algorithms: ['ES256'],
          issuer,
          audience,
          clockTimestamp: seconds(),
          clockTolerance: clockToleranceSeconds,
          maxAge: accessTokenSeconds,
        });
        const claims = Claims.safeParse(payload);
        if (!claims.success) return invalid;
        const { sub, sid, exp } = claims.data;
        return { ok: true, accountId: sub, sessionId: sid, expiresAt: exp * 1000 };
      } catch (error) {
        return error instanceof jwt.TokenExpiredError ? { ok: false, reason: 'expired' } : invalid;
      }
    },
  };
};
