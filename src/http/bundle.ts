/** The page out of its sources in `web/`: one script, one style, one icon, each named by its contents, and the document that names them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Bundle {
  /** With `{head}` still in it, for what a server has to add. */
  readonly html: string;
  /** By name, e.g. `main-4QJX2K7A.js`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const sources = new URL('../../web/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, sources));

/** Rejects where esbuild is not installed. */
export const bundle = async (): Promise<Bundle> => {
  const { build, stop } = await import('esbuild');
  const files = new Map<string, Uint8Array>();
  try {
    const { outputFiles } = await build({
      entryPoints: ['main.ts', 'page.css'].map((name) => fileURLToPath(new URL(name, sources))),
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2024',
      outdir: 'web',
      entryNames: '[name]-[hash]',
      legalComments: 'none',
      logLevel: 'silent',
    });
    for (const { path, contents } of outputFiles) files.set(basename(path), contents);
  } finally {
    // It would go on running beside us, for the next time there will not be.
    await stop();
  }
  const icon = read('icon.svg');
  files.set(`icon-${createHash('sha256').update(icon).digest('hex').slice(0, 8).toUpperCase()}.svg`, icon);

  const html = read('page.html')
    .toString('utf8')
    .replaceAll(/\{(\w+)(\.\w+)\}/g, (_, name: string, type: string) => {
      const named = [...files.keys()].find((file) => file.startsWith(`${name}-`) && extname(file) === type);
      if (named === undefined) throw new Error(`web/page.html asks for ${name}${type}, which is not made`);
      return `/web/${named}`;
    });
  return { html, files };
};
