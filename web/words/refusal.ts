/** A refusal as a sentence. Codes are `noun/reason`; what is not known by heart is read out of the code itself. */
import { type Money, money } from './format.ts';
import { labelOf, wordsOf } from './label.ts';

export interface Refused {
  readonly code: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

const sentences: Sentences = {
  invalid: 'Some of this is not as it should be.',
  unauthorized: 'Please sign in again.',
  'auth/wrong-credentials': 'The e-mail address and the password do not match.',
  'auth/throttled': 'Too many attempts. Wait a little before you try again.',
  'auth/link-invalid': 'This link is not good any more. Ask for a new one.',
  'auth/session-ended': 'Your session has ended. Please sign in again.',
  forbidden: 'You may not do this.',
  'not-found': 'There is nothing here that you may see.',
  'command/unknown': 'The server does not know this command. Reload the page.',
  'command/id-reused': 'This was sent before with other contents.',
  stale: 'It has changed since you last looked.',
  internal: 'Something went wrong on the server. Nothing was changed.',
  busy: 'The server is busy. Try again in a moment.',
  offline: 'The server cannot be reached just now.',
  unavailable: 'Not available at the moment. Try again shortly.',
  unknown: 'The server did not answer.',
  closed: 'Not sent yet: the page was closed.',
  'outbox-full': 'Too much is waiting to be sent already.',
  'outbox-failed': 'This browser could not keep the change until it is answered.',
};

/** By code. */
export type Sentences = Readonly<Record<string, string>>;

export interface Spoken {
  /** Amounts in details may be bare minor units; then they are in the one the command spoke of, if it spoke of money. */
  readonly currency?: string | undefined;
  /** Of the rules, as the server publishes them. */
  readonly rules?: Sentences | undefined;
}

export const refusalText = ({ code, details = {} }: Refused, { currency, rules = {} }: Spoken = {}): string => {
  if (Object.hasOwn(sentences, code)) return sentences[code]!;
  if (code.endsWith('/not-now')) return notNow(details);
  const about = Object.entries(details).flatMap(([name, value]) => {
    const said = sayable(value, currency);
    // What is missing speaks for itself.
    return said === null ? [] : name === 'unmet' ? said : `${wordsOf(name)} ${said}`;
  });
  const rule = Object.hasOwn(rules, code) ? rules[code]!.replace(/\.$/, '') : labelOf(code.split('/').at(-1) ?? code);
  return `${rule}${about.length > 0 ? ` (${about.join(', ')})` : ''}.`;
};

const notNow = ({ unmet, allowed }: Readonly<Record<string, unknown>>) => {
  const [first] = Array.isArray(unmet) ? (unmet as { status?: unknown; needs?: unknown }[]) : [];
  const needs = Array.isArray(first?.needs) ? first.needs.map((need) => wordsOf(String(need))) : [];
  const why =
    typeof first?.status === 'string'
      ? `it is ${wordsOf(first.status)}${needs.length > 0 ? `, and would have to be ${needs.join(' or ')}` : ''}`
      : '';
  const can =
    Array.isArray(allowed) && allowed.length > 0 ? ` You could: ${allowed.map(String).map(wordsOf).join(', ')}.` : '';
  return `Not now${why === '' ? '' : `: ${why}`}.${can}`;
};

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
/** Ids say nothing to people. */
const isId = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value);
const sayable = (value: unknown, currency: string | undefined): string | null => {
  if (isMoney(value)) return money(value);
  if (isId(value)) return null;
  if (typeof value === 'number') return currency === undefined ? String(value) : money({ amount: value, currency });
  if (typeof value === 'string' || typeof value === 'boolean') return wordsOf(String(value));
  if (!Array.isArray(value)) return null;
  const guards = value.map((each: unknown) => (isGuard(each) ? each.guard : each));
  const words = guards.filter((each): each is string => typeof each === 'string' && !isId(each)).map(wordsOf);
  return words.length > 0 ? words.join(', ') : null;
};
const isGuard = (value: unknown): value is { readonly guard: string } =>
  typeof value === 'object' && value !== null && 'guard' in value && typeof value.guard === 'string';

/** One of the server's issues, where it speaks like a schema and not like a person. */
export const issueText = (message: string): string => {
  if (/received undefined/.test(message)) return 'This is needed.';
  if (/\bUUID\b/i.test(message)) return 'Nothing is known by this name. Choose from the list, or give an id.';
  const most = /expected string to have <=(\d+)/.exec(message)?.[1];
  if (most !== undefined) return `At most ${most} characters.`;
  if (message.startsWith('Invalid option')) return 'Choose one of these.';
  if (message.startsWith('Invalid input: expected ')) return 'This does not fit here.';
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.');
};
