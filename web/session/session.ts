/** Who is signed in. The access token lives in this page's memory only; the refresh token in a cookie no script can read. */
import type { Refusal } from '../../rooms/protocol.ts';
import { type Answer, ask } from './ask.ts';

export interface Account {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}
interface Access {
  readonly token: string;
  readonly expiresAtMs: number;
}

export interface Session {
  /** Null when nobody is signed in. */
  readonly account: Account | null;
  /** Whether this browser was signed in when it was last here: without it there is no use in asking. */
  readonly isExpected: boolean;
  /** Signs in with the cookie, if it is still good. */
  resume(): Promise<Refusal | null>;
  login(email: string, password: string): Promise<Refusal | null>;
  logout(): Promise<void>;
  /** An access token that is valid now; throws the refusal when there is none to be had. */
  token(): Promise<string>;
  /** GET as this account. */
  get(path: string, signal?: AbortSignal): Promise<Answer>;
}

/** Tabs share the cookie, and each refresh token is good for one use. */
const lockName = 'claimroom session';
const flagName = 'claimroom signed in';
/** A token about to expire would do so on the way. */
const leastLeftMs = 20_000;

export const createSession = (
  onChange: (why: 'signed-in' | 'signed-out' | 'ended' | 'somebody-else') => void,
): Session => {
  let account: Account | null = null;
  let access: Access | null = null;
  let refreshing: Promise<Refusal | null> | null = null;

  const take = (answer: Answer): Refusal | null => {
    if (!answer.ok) return answer;
    const { accessToken, expiresAt, account: theirs } = answer.json;
    // The clock of this machine may be wrong; then the server says so, and a fresh one is fetched.
    access = { token: accessToken, expiresAtMs: Date.parse(expiresAt) };
    if (account && account.id !== theirs.id) {
      onChange('somebody-else');
      return { ok: false, code: 'unauthorized', retry: 'no' };
    }
    const isNew = account === null;
    account = theirs;
    flag.raise();
    if (isNew) onChange('signed-in');
    return null;
  };
  const end = (why: 'signed-out' | 'ended') => {
    const was = account;
    account = null;
    access = null;
    flag.lower();
    if (was) onChange(why);
  };
  const refresh = () =>
    (refreshing ??= inTurn(() => ask('POST', '/api/auth/refresh', { body: {} }))
      .then((answer) => {
        const refusal = take(answer);
        if (refusal?.retry === 'no') end('ended');
        return refusal;
      })
      .finally(() => {
        refreshing = null;
      }));

  const session: Session = {
    get account() {
      return account;
    },
    get isExpected() {
      return flag.isUp();
    },
    resume: refresh,
    async login(email, password) {
      return take(await inTurn(() => ask('POST', '/api/auth/login', { body: { email, password } })));
    },
    async logout() {
      await inTurn(() => ask('POST', '/api/auth/logout', { body: {} }));
      end('signed-out');
    },
    async token() {
      if (access && access.expiresAtMs - Date.now() > leastLeftMs) return access.token;
      const refusal = await refresh();
      // Thrown as it is: the client takes a refusal for what it is.
      if (refusal || !access) throw refusal ?? { ok: false, code: 'unauthorized', retry: 'no' };
      return access.token;
    },
    async get(path, signal) {
      for (let tries = 0; ; tries++) {
        let token: string;
        try {
          token = await session.token();
        } catch (refusal) {
          return refusal as Refusal;
        }
        const answer = await ask('GET', path, { token, ...(signal && { signal }) });
        if (answer.ok || answer.code !== 'unauthorized' || tries > 0) return answer;
        access = null;
      }
    },
  };
  // Signed out in another tab: here, too.
  addEventListener('storage', ({ key, newValue }) => {
    if (key === flagName && newValue === null) end('signed-out');
  });
  return session;
};

const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(lockName, work) : work();

/** Storage may be forbidden; then a visit begins with one needless question. */
const flag = {
  isUp() {
    try {
      return localStorage.getItem(flagName) !== null;
    } catch {
      return true;
    }
  },
  raise() {
    try {
      localStorage.setItem(flagName, 'yes');
    } catch {}
  },
  lower() {
    try {
      localStorage.removeItem(flagName);
    } catch {}
  },
};
