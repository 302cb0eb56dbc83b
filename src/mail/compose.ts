/** A letter from its paragraphs: plain text, and the same as simple HTML. */
import type { Letter } from './mail.ts';

/** A paragraph, or a link in a line of its own. */
export type Part = string | { readonly href: string; readonly label: string };

export const compose = (to: string, subject: string, name: string | null, parts: readonly Part[]): Letter => {
  const all: Part[] = [name === null ? 'Hello,' : `Hello ${name},`, ...parts, 'Claimroom'];
  return {
    to,
    subject,
    text: `${all.map((part) => (typeof part === 'string' ? part : `${part.label}:\n${part.href}`)).join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(subject)}</title><body>${all.map(paragraph).join('')}</body></html>`,
  };
};

const paragraph = (part: Part) =>
  typeof part === 'string'
    ? `<p>${escaped(part)}</p>`
    : `<p><a href="${escaped(part.href)}">${escaped(part.label)}</a><br>${escaped(part.href)}</p>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
