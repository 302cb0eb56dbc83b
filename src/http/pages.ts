/** The first page, at `/`, and what it is made of. Bundled when it is first asked for. */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, Next } from 'koa';
import type { Log } from '../runtime/ports.ts';
import { readBuilt } from './built.ts';
import { type Bundle, bundle } from './bundle.ts';
import { namesTag } from './fixed.ts';

interface Sent {
  readonly type: string;
  readonly tag: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
}
interface Pages {
  readonly document: Sent;
  readonly files: ReadonlyMap<string, Sent>;
}
/** `head`: what this server adds to the document's head, as HTML. */
export interface PagesOptions {
  readonly head: string;
  readonly log: Pick<Log, 'warn'>;
}

/** Why the bundler failed says more than that nothing was built, either. */
const builtInstead = (error: unknown): Bundle => {
  try {
    return readBuilt();
  } catch {
    throw error;
  }
};
/** Of many servers in one process, as in tests, each shows the same page. */
let made: Promise<Bundle> | undefined;
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  Vary: 'Accept, Accept-Encoding',
};
const filePath = /^\/web\/([\w.-]+)$/;

export const createPages = ({ head, log }: PagesOptions) => {
  let pages: Promise<Pages | null> | undefined;
  const ready = () =>
    (pages ??= (made ??= bundle().catch(builtInstead)).then(
      (found) => prepared(found, head),
      (error: unknown) => {
        made = undefined;
        log.warn({ reason: String(error) }, 'there is no page to show: neither esbuild nor a build of it is here');
        return null;
      },
    ));

  return async (context: Context, next: Next) => {
    if (context.method !== 'GET' && context.method !== 'HEAD') return next();
    // Programs that ask for anything are told where to go in JSON; see handlers/http/health.ts.
    const isDocument = context.path === '/' && context.accepts('json', 'html') === 'html';
    const name = filePath.exec(context.path)?.[1];
    const found = isDocument || name !== undefined ? await ready() : null;
    const sent = isDocument ? found?.document : found?.files.get(name ?? '');
    if (!sent) return next();
    context.set(headers);
    // A name says what is in it, so it need never be asked for again; the document names the newest.
    context.set('Cache-Control', isDocument ? 'no-cache' : 'public, max-age=31536000, immutable');
    send(context, sent);
  };
};

const send = (context: Context, { type, tag, plain, zipped }: Sent) => {
  const isZipped = context.acceptsEncodings('gzip', 'identity') === 'gzip';
  // Two spellings of one thing: a cache must not take one for the other.
  const mine = isZipped ? `"${tag}-gz"` : `"${tag}"`;
  context.etag = mine;
  if (namesTag(context.get('if-none-match'), mine)) {
    context.status = 304;
    return;
  }
  context.status = 200;
  context.type = type;
  if (isZipped) context.set('Content-Encoding', 'gzip');
  context.body = isZipped ? zipped : plain;
};

const prepared = async ({ html, files }: Bundle, head: string): Promise<Pages> => {
  const entries = [...files].map(
    async ([name, bytes]) => [name, await sentOf(types[extname(name)] ?? 'application/octet-stream', bytes)] as const,
  );
  return {
    document: await sentOf('text/html; charset=utf-8', Buffer.from(html.replace('{head}', () => head))),
    files: new Map(await Promise.all(entries)),
  };
};

const compressed = promisify(gzip);
const sentOf = async (type: string, bytes: Uint8Array): Promise<Sent> => ({
  type,
  tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
  plain: Buffer.from(bytes),
  zipped: await compressed(bytes, { level: 9 }),
});
