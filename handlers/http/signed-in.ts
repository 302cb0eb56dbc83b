/** What signing in answers with, and from where it was asked. */
import { z } from 'zod';
import type { Place } from '../../src/auth/device.ts';
import type { Session } from '../../src/auth/sessions.ts';
import type { Incoming } from '../../src/http/route.ts';
import { answer } from '../../src/http/route.ts';
import { setRefreshCookie } from './refresh-cookie.ts';

export const Client = z
  .literal('api')
  .optional()
  .meta({ description: '`api`: send the refresh token in the reply, set no cookie.' });
export const SignedIn = z.object({
  accessToken: z.string().meta({ description: 'For `Authorization: Bearer`, and for the socket.' }),
  expiresAt: z.iso.datetime(),
  refreshToken: z.string().optional().meta({ description: 'Good for one use. Only for clients that said `api`.' }),
  account: z.object({ id: z.string(), displayName: z.string(), roles: z.array(z.string()) }),
});

export const signedIn = (session: Session, isApi: boolean, http: Incoming) => {
  const { accessToken, expiresAt, refreshToken, account } = session;
  const body = { accessToken, expiresAt, account: { ...account, roles: [...account.roles] } };
  return isApi ? answer({ ...body, refreshToken }) : answer(body, setRefreshCookie(http, session));
};

export const placeOf = (http: Incoming): Place => ({ ip: http.ip, userAgent: http.header('user-agent') });
