/** One person's session over HTTP: signed in when it is first needed, renewed before it ends, begun anew when it was lost. */
interface SignedIn {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
}

export interface SignIn {
  /** An access token that is valid for a while. */
  token(): Promise<string>;
  /** The server would not have it. */
  forget(): void;
}

/** Renewed so long before it expires. */
const marginMs = 90_000;

interface Edges {
  readonly post: (path: string, body: object) => Promise<unknown>;
  readonly now: () => number;
  readonly email: string;
  readonly password: string;
}

export const createSignIn = ({ post, now, email, password }: Edges): SignIn => {
  let session: SignedIn | undefined;
  let asking: Promise<string> | undefined;

  const ask = async () => {
    const last = session;
    session = undefined;
    if (last) session = await renewed(last).catch(() => undefined);
    session ??= (await post('/api/auth/login', { email, password, client: 'api' })) as SignedIn;
    return session.accessToken;
  };
  const renewed = async ({ refreshToken }: SignedIn) => (await post('/api/auth/refresh', { refreshToken })) as SignedIn;

  return {
    async token() {
      if (session && Date.parse(session.expiresAt) - now() > marginMs) return session.accessToken;
      // A refresh token is good for one use: two who ask at once must share it.
      asking ??= ask().finally(() => (asking = undefined));
      return asking;
    },
    forget() {
      session = undefined;
    },
  };
};
