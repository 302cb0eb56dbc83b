/** Refusals as a clerk would say them. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { Money } from '../../rooms/values.ts';

type Details = Readonly<Record<string, unknown>>;
export interface Issue {
  readonly path: string;
  readonly message: string;
}

const sentences: Readonly<Record<string, (details: Details, money: (told: unknown) => string) => string>> = {
  'claim/over-authority': ({ limit }, money) => `more than this login may decide alone, which is ${money(limit)}`,
  'claim/over-reserve': ({ reserve }, money) => `more than the ${money(reserve)} that are put aside for it`,
  'claim/over-limit': ({ limit }, money) => `more than the ${money(limit)} this coverage pays`,
  'claim/over-payable': ({ payable }, money) => `more than the ${money(payable)} that were approved`,
  'claim/no-such-coverage': ({ coverages }) => `the policy covers ${listOf(coverages)}, not this`,
  'claim/loss-in-future': ({ occurredOn }) => `the day of the loss, ${String(occurredOn)}, is still to come`,
  'claim/no-agent': () => 'this login is of nobody who can handle claims',
  'claim/payments-held': () => 'payments on this claim are held',
  'claim/not-now': ({ unmet }) => `not possible as the claim stands now: ${standing(unmet)}`,
  'claim/wrong-currency': ({ currency }) => `the claim is in ${String(currency)}`,
  'command/id-reused': () => 'was sent before with other contents or by another login',
  forbidden: () => 'this login may not do this',
  'not-found': () => 'there is no such claim, or this login may not see it',
  unauthorized: () => 'the login has expired or is not known',
  closed: () => 'was not answered before the end of the run',
};

export const wordsOf = ({ code, details = {} }: Pick<Refusal, 'code' | 'details'>, currency: string): string => {
  if (code === 'invalid') return issuesText(details['issues'] as readonly Issue[] | undefined);
  if (Object.hasOwn(sentences, code)) return sentences[code]!(details, (told) => moneyOf(told, currency));
  return (code.split('/').at(-1) ?? code).replaceAll('-', ' ');
};

export const issuesText = (issues: readonly Issue[] = []): string =>
  issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ') || 'it cannot be read';

/** Some details are money, others bare minor units in the currency of the claim. */
const moneyOf = (told: unknown, claimed: string): string => {
  const { amount, currency } =
    typeof told === 'object' && told !== null ? (told as Money) : { amount: told, currency: claimed };
  return `${currency} ${(Number(amount) / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
};
const listOf = (names: unknown) => (Array.isArray(names) ? names.map(String).join(', ') : 'other things');
const standing = (unmet: unknown): string => {
  const [first] = Array.isArray(unmet) ? (unmet as readonly { status?: unknown }[]) : [];
  return typeof first?.status === 'string' ? first.status.replaceAll('_', ' ') : 'somebody has worked on it since';
};

const plainWords = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
/** `setReserve`, `vehicle` → `set reserve (vehicle)` */
export const stepText = (name: string, key: string): string => `${plainWords(name)}${key ? ` (${key})` : ''}`;
