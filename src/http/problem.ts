/** Refusals over HTTP: problem+json (RFC 9457), with the same codes a socket's ack carries. */
import { rooms } from '../../rooms/index.ts';
import type { AnyRoom } from '../../rooms/kit.ts';
import type { Refusal } from '../../rooms/protocol.ts';

export interface Problem {
  readonly problem: string;
  readonly details?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Codes with a status of their own. Any other `noun/reason` is a rule of a room saying no: 409. */
const statuses: Record<string, number> = {
  invalid: 400,
  unauthorized: 401,
  'auth/wrong-credentials': 401,
  'auth/session-ended': 401,
  forbidden: 403,
  'account/wrong-password': 403,
  'auth/by-invitation': 403,
  'account/own': 403,
  'account/not-yours-to-give': 403,
  'role/not-yours-to-give': 403,
  'token/not-yours-to-give': 403,
  'not-found': 404,
  'command/unknown': 404,
  'method-not-allowed': 405,
  stale: 412,
  'too-large': 413,
  'not-json': 415,
  'command/id-reused': 422,
  'auth/throttled': 429,
  'auth/link-invalid': 410,
  internal: 500,
  busy: 503,
  moved: 503,
  unknown: 503,
  unavailable: 503,
};
const titles: Record<string, string> = {
  ...Object.assign({}, ...Object.values<AnyRoom>(rooms).map(({ refusals = {} }) => refusals)),
  invalid: 'Some of the input is not as it should be.',
  unauthorized: 'Sign in, or refresh your access token.',
  'auth/wrong-credentials': 'The e-mail address and the password do not match.',
  'auth/session-ended': 'The session has ended; sign in again.',
  'auth/throttled': 'Too many attempts; wait before trying again.',
  'auth/link-invalid': 'This link is not good any more; ask for a new one.',
  'account/wrong-password': 'The password is not right.',
  'account/email-taken': 'This address has an account already.',
  'account/no-match': 'This does not match what we know of the policy.',
  'account/already-linked': 'This account is linked already.',
  'account/kept-elsewhere': 'This is kept at the main insurance system; change it there.',
  'auth/by-invitation': 'Accounts are made by invitation here; ask your insurer.',
  'account/own': 'Nobody does this to their own account: ask a colleague.',
  'account/not-yours-to-give': 'It holds, or would hold, more than you may give.',
  'account/last-administrator': 'It is the last administrator who can sign in.',
  'account/not-invited': 'It is no open invitation.',
  'role/not-yours-to-give': 'It holds, or would hold, more than you may give.',
  'role/name-taken': 'There is a role of this name.',
  'role/in-use': 'Accounts have this role.',
  'token/not-yours-to-give': 'You do not hold all of these permissions.',
  'token/too-many': 'There are as many tokens as there may be; revoke one first.',
  'view/too-many': 'There are as many saved views as there may be.',
  'view/name-taken': 'There is a view of this name.',
  forbidden: 'You may not do this.',
  'not-found': 'There is nothing here that you may see.',
  'command/unknown': 'There is no such command.',
  'method-not-allowed': 'This address does not take that method.',
  stale: 'It has changed since you last looked.',
  'too-large': 'The request is too large.',
  'not-json': 'Only application/json in UTF-8 is taken here.',
  'command/id-reused': 'This id was used for another command.',
  internal: 'Something went wrong on our side.',
  busy: 'Too much at once; send the same again in a moment.',
  moved: 'It is moving to another node; send the same again.',
  unknown: 'The outcome is not known; send the same again with the same id.',
  unavailable: 'Not available at the moment; send the same again.',
};
const defaultRetryAfterMs = 1_000;

export const statusOf = (code: string): number => (Object.hasOwn(statuses, code) ? (statuses[code] ?? 409) : 409);
export const knownCodes: readonly string[] = Object.keys(statuses);

export const problem = (
  code: string,
  details?: unknown,
  headers: Readonly<Record<string, string>> = {},
  retryAfterMs = defaultRetryAfterMs,
): Problem => {
  const status = statusOf(code);
  return {
    problem: code,
    ...(details !== undefined && { details }),
    headers: {
      ...headers,
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...((status === 429 || status === 503) && {
        'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))),
      }),
    },
  };
};
export const isProblem = (x: object): x is Problem => 'problem' in x;

/** A room's refusal, as REST says it. */
export const refusedBy = ({ code, details, retryAfterMs }: Refusal): Problem =>
  problem(code, details, {}, retryAfterMs);

/** The code in words. */
export const titleOf = (code: string): string =>
  Object.hasOwn(titles, code) ? (titles[code] ?? '') : sentenceOf(code);

/** What is sent. `details` are those of the rule and hold nothing the caller's seat may not know. */
export const problemBody = ({ problem: code, details }: Problem) => ({
  type: `/problems/${code}`,
  title: titleOf(code),
  status: statusOf(code),
  code,
  ...(details !== undefined && { details }),
});

/** `claim/over-reserve` → `Claim: over reserve.` */
const sentenceOf = (code: string) => {
  const [noun = '', reason = ''] = code.split('/', 2);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${reason.replaceAll('-', ' ')}.`;
};
