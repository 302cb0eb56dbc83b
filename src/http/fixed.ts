/** Something that stays as it is while the server runs: sent with a tag, and not sent again to whoever has it already. */
import { createHash } from 'node:crypto';
import { type Answer, answer, type Incoming } from './route.ts';

export const fixed = (text: string, type: string, headers: Readonly<Record<string, string>> = {}) => {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  // `no-cache`: keep it, and ask each time whether it is still this.
  const all = { ...headers, 'Content-Type': type, ETag: tag, 'Cache-Control': 'no-cache' };
  return ({ header }: Pick<Incoming, 'header'>): Answer<string> =>
    namesTag(header('if-none-match'), tag) ? answer('', all, 304) : answer(text, all);
};

/** A proxy that compressed it may have made the tag a weak one. */
export const namesTag = (held: string | undefined, tag: string) =>
  held !== undefined && held.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')));
