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

/** The function a client asks for its token: signed in once, refreshed when the end is near, once for all who ask together. */
export const signIn = async (url: string, { email, password }: Person): Promise<() => Promise<string>> => {
  let session = await post(`${url}/api/auth/login`, { email, password, client: 'api' });
  let refreshing: Promise<void> | undefined;
  const refresh = async () => {
    session = await post(`${url}/api/auth/refresh`, { refreshToken: session.refreshToken });
  };
  return async () => {
    if (Date.parse(session.expiresAt) - Date.now() < 90_000)
      await (refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      }));
    return session.accessToken;
  };
};

/** A login costs the server a password hash; more at once only queue there. */
const loginsAtOnce = 4;

/** A few at a time. */
export const arrive = async <T>(all: readonly T[], come: (one: T) => Promise<void>): Promise<void> => {
  for (let next = 0; next < all.length; next += loginsAtOnce)
    await Promise.all(all.slice(next, next + loginsAtOnce).map(come));
};

/** In the order of the people. */
export const signInAll = async (url: string, people: readonly Person[]) => {
  const tokens = new Map<Person, () => Promise<string>>();
  await arrive(people, async (person) => void tokens.set(person, await signIn(url, person)));
  return people.map((person) => tokens.get(person)!);
};
