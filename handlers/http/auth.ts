/** Signing in and out. Browsers keep the refresh token in a cookie no script can read; other clients get it in the reply. */
import { z } from 'zod';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';
import { clearRefreshCookie, isFromOurPages, refreshCookie } from './refresh-cookie.ts';
import { Client, placeOf, SignedIn, signedIn } from './signed-in.ts';

const Token = z.string().min(1).max(200);

export const auth = [
  route({
    method: 'post',
    path: '/api/auth/login',
    summary: 'Sign in with e-mail address and password.',
    access: 'public',
    body: z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1_024), client: Client }),
    reply: SignedIn,
    refusals: ['auth/wrong-credentials', 'auth/throttled', 'busy', 'unavailable'],
    async handle({ body, http }, { auth: { sessions } }) {
      const session = await sessions.login(body.email, body.password, placeOf(http));
      if (session.ok) return signedIn(session, body.client === 'api', http);
      return problem(session.code, undefined, {}, session.retryAfterMs);
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/refresh',
    summary: 'A fresh access token, and a fresh refresh token in place of the one used.',
    access: 'public',
    body: z.strictObject({ refreshToken: Token.optional() }).default({}),
    reply: SignedIn,
    refusals: ['auth/session-ended', 'forbidden'],
    async handle({ body, http }, { auth: { sessions }, config }) {
      const cookie = refreshCookie(http);
      // A cookie travels by itself, so the page that sends it must be ours; a token in the body proves as much on its own.
      if (body.refreshToken === undefined && cookie !== undefined && !isFromOurPages(http, config.allowedOrigins))
        return problem('forbidden', { reason: 'origin' });
      const token = body.refreshToken ?? cookie;
      const session = token === undefined ? null : await sessions.refresh(token, placeOf(http));
      if (session?.ok) return signedIn(session, body.refreshToken !== undefined, http);
      return problem('auth/session-ended', undefined, cookie === undefined ? {} : clearRefreshCookie(http));
    },
  }),
  route({
    method: 'post',
    path: '/api/auth/logout',
    summary: 'Sign out: the session can no longer be refreshed, and its sockets are closed.',
    access: 'public',
    body: z.strictObject({ refreshToken: Token.optional() }).default({}),
    reply: z.object({}),
    refusals: ['forbidden'],
    async handle({ body, http }, { auth: { sessions }, config }) {
      const cookie = refreshCookie(http);
      if (body.refreshToken === undefined && cookie !== undefined && !isFromOurPages(http, config.allowedOrigins))
        return problem('forbidden', { reason: 'origin' });
      const token = body.refreshToken ?? cookie;
      // Whether there was such a session is nobody's business.
      if (token !== undefined) await sessions.logout(token);
      return answer({}, body.refreshToken === undefined ? clearRefreshCookie(http) : {});
    },
  }),
];
