/** Signing in and out. Browsers keep the refresh token in a cookie no script can read; other clients get it in the reply. */
import { z } from 'zod';
import type { Session } from '../../src/auth/sessions.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';
import { clearRefreshCookie, isFromOurPages, refreshCookie, setRefreshCookie } from './refresh-cookie.ts';

const Client = z
  .literal('api')
  .optional()
  .meta({ description: '`api`: send the refresh token in the reply, set no cookie.' });
const Token = z.string().min(1).max(200);
const SignedIn = z.object({
  accessToken: z.string().meta({ description: 'For `Authorization: Bearer`, and for the socket.' }),
  expiresAt: z.iso.datetime(),
  refreshToken: z.string().optional().meta({ description: 'Good for one use. Only for clients that said `api`.' }),
  account: z.object({ id: z.string(), displayName: z.string(), roles: z.array(z.string()) }),
});

const signedIn = (session: Session, isApi: boolean, http: Parameters<typeof setRefreshCookie>[0]) => {
  const { accessToken, expiresAt, refreshToken, account } = session;
  const body = { accessToken, expiresAt, account: { ...account, roles: [...account.roles] } };
  return isApi ? answer({ ...body, refreshToken }) : answer(body, setRefreshCookie(http, session));
};

export const auth = [
  route({
    method: 'post',
    path: '/api/auth/login',
    summary: 'Sign in with e-mail address and password.',
    access: 'public',
    body: z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1_024), client: Client }),
    reply: SignedIn,
    refusals: ['auth/wrong-credentials', 'auth/throttled', 'busy'],
    async handle({ body, http }, { sessions, throttle }) {
      // One guesser slows down only themselves: the owner of the account comes from elsewhere.
      const key = `${http.ip} ${body.email.trim().toLowerCase()}`;
      const waitMs = throttle.waitMs(key);
      if (waitMs > 0) return problem('auth/throttled', undefined, {}, waitMs);
      const session = await sessions.login(body.email, body.password);
      if (session.ok) throttle.succeeded(key);
      else if (session.code === 'auth/wrong-credentials') throttle.failed(key);
      return session.ok ? signedIn(session, body.client === 'api', http) : problem(session.code);
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
    async handle({ body, http }, { sessions, config }) {
      const cookie = refreshCookie(http);
      // A cookie travels by itself, so the page that sends it must be ours; a token in the body proves as much on its own.
      if (body.refreshToken === undefined && cookie !== undefined && !isFromOurPages(http, config.allowedOrigins))
        return problem('forbidden', { reason: 'origin' });
      const token = body.refreshToken ?? cookie;
      const session = token === undefined ? null : await sessions.refresh(token);
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
    async handle({ body, http }, { sessions, config }) {
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
