/** Keeps a living connection's session from expiring: hands the server a fresh access token in time. */
import type { RenewAck } from '../rooms/protocol.ts';

/** Longer timers than this fire at once. */
const timerMsMax = 2 ** 31 - 1;

/** Milliseconds until a token should be replaced, or null if it does not say when it expires. */
export const renewalMs = (token: string, now: number): number | null => {
  const { exp, iat } = claimsOf(token);
  if (typeof exp !== 'number') return null;
  const left = exp * 1_000 - now;
  // A wrong clock must neither renew without pause nor too late: the token's own lifetime bounds what the clock says.
  const lifetime = typeof iat === 'number' && exp > iat ? (exp - iat) * 1_000 : Math.max(left, 30_000);
  return Math.min(timerMsMax, 0.8 * Math.min(lifetime, Math.max(left, lifetime / 10)));
};

const claimsOf = (token: string): { readonly exp?: unknown; readonly iat?: unknown } => {
  try {
    const claims: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
};

export interface Renewal {
  /** The connection lives, under this token. */
  start(token: string): void;
  stop(): void;
}

export const createRenewal = (edges: {
  readonly token: () => Promise<string>;
  readonly renew: (token: string) => Promise<RenewAck>;
  readonly retryMs: number;
}): Renewal => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  const later = (ms: number | null) => {
    const mine = ++round;
    clearTimeout(timer);
    if (ms !== null) timer = setTimeout(() => void renew(mine), ms);
  };
  const renew = async (mine: number) => {
    const token = await edges.token().catch(() => null);
    if (mine !== round) return;
    const reply = token === null ? null : await edges.renew(token);
    if (mine !== round) return;
    // Not renewed is no reason to give up the connection: the server closes it when the old token has expired.
    later(token !== null && reply?.ok ? renewalMs(token, Date.now()) : edges.retryMs);
  };

  return { start: (token) => later(renewalMs(token, Date.now())), stop: () => later(null) };
};
