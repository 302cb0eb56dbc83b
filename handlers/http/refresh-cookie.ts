/** The cookie that holds a browser's refresh token, and who may make the browser send it. */
import type { Session } from '../../src/auth/sessions.ts';
import type { Incoming } from '../../src/http/route.ts';

/** `__Host-` makes the browser promise HTTPS, this host, every path. Browsers refuse it on plain HTTP, so `npm run demo` gets `rt`. */
const nameFor = (http: Incoming) => (isPlainLocalhost(http) ? 'rt' : '__Host-rt');
const isPlainLocalhost = (http: Incoming) =>
  !http.isSecure && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(http.header('host') ?? '');
const attributesFor = (http: Incoming) =>
  `Path=/; HttpOnly; SameSite=Strict${isPlainLocalhost(http) ? '' : '; Secure'}`;

export const setRefreshCookie = (http: Incoming, { refreshToken, refreshExpiresAt }: Session) => ({
  'Set-Cookie': `${nameFor(http)}=${refreshToken}; ${attributesFor(http)}; Expires=${new Date(refreshExpiresAt).toUTCString()}`,
});
export const clearRefreshCookie = (http: Incoming) => ({
  'Set-Cookie': `${nameFor(http)}=; ${attributesFor(http)}; Max-Age=0`,
});

export const refreshCookie = (http: Incoming): string | undefined => {
  const prefix = `${nameFor(http)}=`;
  const pair = (http.header('cookie') ?? '').split('; ').find((cookie) => cookie.startsWith(prefix));
  return pair?.slice(prefix.length) || undefined;
};

/** Browsers say where a request comes from, and pages cannot lie about it. Who says nothing is not a browser we know. */
export const isFromOurPages = (http: Incoming, allowedOrigins: readonly string[]): boolean => {
  const origin = http.header('origin');
  if (origin === undefined) return http.header('sec-fetch-site') === 'same-origin';
  return allowedOrigins.includes(origin) || URL.parse(origin)?.host === http.header('host');
};
