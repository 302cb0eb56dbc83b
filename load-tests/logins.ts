/** Signs agents in over REST, and keeps each one's access token fresh. */
import type { Person } from './systems/system.ts';

interface SignedIn {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
}

const post = async (url: string, body: object): Promise<SignedIn> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok)
    throw Object.assign(new Error(`${url} said ${response.status}: ${JSON.stringify(answer)}`), {
      status: response.status,
    });
  return answer as SignedIn;
};

/** The function a client asks for its token: signed in once, refreshed when the end is near. */
export const signIn = async (url: string, { email, password }: Person): Promise<() => Promise<string>> => {
  let session = await post(`${url}/api/auth/login`, { email, password, client: 'api' });
  return async () => {
    if (Date.parse(session.expiresAt) - Date.now() < 90_000)
      session = await post(`${url}/api/auth/refresh`, { refreshToken: session.refreshToken });
    return session.accessToken;
  };
};
