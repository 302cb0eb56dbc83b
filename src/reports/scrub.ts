/** What may leave of an error: where it happened and what sort it was, never what somebody wrote or who they are. */

/** What people enter ends up between quotes in the messages of databases, parsers and validators. */
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`/g;
const url = /\b[a-z][a-z+.-]*:\/\/\S+/gi;
const email = /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/g;
const address = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[\da-f]{0,4}:){3,7}[\da-f]{0,4}\b/gi;
const uuid = /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/gi;
/** Tokens, keys, hashes. */
const secret = /\b[\w+/=.-]{24,}\b/g;
/** Telephones, accounts, policies, dates of birth: of the numbers only short ones stay. */
const number = /\+?\d(?:[\d ./-]*\d){4,}/g;
const textMax = 500;

export const scrub = (text: string): string =>
  text
    .replace(url, '[url]')
    .replace(quoted, '[quoted]')
    .replace(email, '[email]')
    .replace(uuid, '[id]')
    .replace(address, '[address]')
    .replace(secret, '[secret]')
    .replace(number, '[number]')
    .slice(0, textMax);
