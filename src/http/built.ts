/** A page that was bundled before, by `npm run build`: for places where the bundler itself is not installed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Bundle } from './bundle.ts';

const folder = new URL('../../dist/web/', import.meta.url);
const document = 'page.html';

export const writeBuilt = ({ html, files }: Bundle): void => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(document, folder), html);
  for (const [name, bytes] of files) writeFileSync(new URL(name, folder), bytes);
};

/** Throws if there is none. */
export const readBuilt = (): Bundle => ({
  html: readFileSync(new URL(document, folder), 'utf8'),
  files: new Map(
    readdirSync(folder)
      .filter((name) => name !== document)
      .map((name) => [name, readFileSync(new URL(name, folder))]),
  ),
});
