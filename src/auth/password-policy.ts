/** Which passwords people may choose: long ones that nobody would try first. No rules about digits and signs. */
import { readFileSync } from 'node:fs';

export const passwordCharsMin = 12;
export const passwordCharsMax = 1_024;
/** What has to be left of a password when the words everybody would try are taken out of it. */
const ownCharsMin = 8;
const product = 'claimroom';
/** Fingers that walk along the keyboard. */
const forward = [
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
const rows = forward.map((row) => row.repeat(8)).flatMap((row) => [row, Array.from(row).toReversed().join('')]);

/** The most used ones that were ever found out, and of the long ones all we know. */
const common = new Set(readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8').split('\n'));

export interface PasswordOf {
  readonly email?: string;
  readonly displayName?: string;
}

/** A sentence on what is wrong, or null. */
export const passwordFault = (password: string, { email = '', displayName = '' }: PasswordOf = {}): string | null => {
  const text = password.normalize('NFKC').toLowerCase();
  const length = Array.from(text).length;
  if (length < passwordCharsMin) return `at least ${passwordCharsMin} characters`;
  if (length > passwordCharsMax) return `at most ${passwordCharsMax} characters`;
  if (isCommon(text)) return 'one of the passwords everybody tries first';
  const [local = '', domain = ''] = email.toLowerCase().split('@', 2);
  const known = [
    product,
    local,
    ...local.split(/[^a-z0-9]+/),
    domain.split('.', 1)[0] ?? '',
    ...displayName.toLowerCase().split(/\s+/),
  ];
  const own = known.filter((word) => word.length >= 4).reduce((left, word) => left.replaceAll(word, ''), text);
  return own !== text && Array.from(own).length < ownCharsMin
    ? 'too little besides your name, your e-mail address or the name of this product'
    : null;
};

const isCommon = (text: string) => {
  if (common.has(text)) return true;
  // password12345!, 12345password
  const core = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  if (core.length < text.length && common.has(core) && text.length - core.length <= 6) return true;
  // aaaaaaaaaaaa, abcabcabcabc, passwordpassword
  const unit = /^(.+?)\1+$/su.exec(text)?.[1];
  if (unit !== undefined && (Array.from(unit).length <= 4 || common.has(unit))) return true;
  return rows.some((row) => row.includes(text));
};

/** As the issues of a refused request. */
export const passwordIssues = (password: string, of: PasswordOf = {}, path = 'password') => {
  const fault = passwordFault(password, of);
  return fault === null ? [] : [{ path, message: fault }];
};
