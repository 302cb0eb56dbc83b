/** The login a replay runs under: a token that was given, or the demo's service login. */
import { initOf, request } from './rest.ts';
import { bounds } from './bounds.ts';

/** As the demo prints it; no other server knows it. */
export const demoLogin = { email: 'service@claimroom.example', password: 'claimroom-demo' };

interface SignedIn {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
}

/** The token to use now; asked before every request and connection. Throws a sentence if the server knows neither. */
export const openSession = async (url: string, given: string | null): Promise<() => Promise<string>> => {
  // An access token has three parts; it cannot be renewed, so a long run is given a refresh token.
  if (given?.split('.').length === 3) return async () => given;
  const first =
    given === null
      ? await enter(`${url}/api/auth/login`, { ...demoLogin, client: 'api' })
      : await enter(`${url}/api/auth/refresh`, { refreshToken: given });
  if (!first) {
    if (given !== null) throw new Error('The token is not known to this server, or was used before.');
    throw new Error(`This server has no login ${demoLogin.email}, so it is no demo: give --token.`);
  }
  let session = first;
  let renewing: Promise<void> | null = null;
  /** One at a time: a refresh token is good for one use, and a dozen connections ask at once. */
  const renew = async () => {
    const fresh = await enter(`${url}/api/auth/refresh`, { refreshToken: session.refreshToken });
    if (!fresh) throw Object.assign(new Error('The session has ended.'), { code: 'unauthorized', retry: 'no' });
    session = fresh;
  };
  return async () => {
    if (Date.parse(session.expiresAt) - Date.now() < bounds.tokenMsLeft)
      await (renewing ??= renew().finally(() => (renewing = null)));
    return session.accessToken;
  };
};

/** Null: the server answered, and would not. */
const enter = async (url: string, body: object): Promise<SignedIn | null> => {
  const reply = await request(url, () => initOf(body));
  return reply.ok ? (reply.body as SignedIn) : null;
};
