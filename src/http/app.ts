/** The HTTP side as a Koa application: what holds for every request, around the declared routes. */
import { randomUUIDv7 } from 'node:crypto';
import Koa, { type Context, type Middleware, type Next } from 'koa';
import { Uuid } from '../../rooms/values.ts';
import { fromHere } from '../audit/origin.ts';
import type { Log } from '../runtime/ports.ts';
import { isDatabaseAway } from '../store/away.ts';
import { createCors } from './cors.ts';
import { type MountOptions, mount, sendProblem } from './mount.ts';
import { openapiRoute } from './openapi.ts';
import { problem } from './problem.ts';
import { takeVersion } from './version.ts';

export interface AppOptions<D> extends MountOptions<D> {
  /** Pages of other origins that may call; our own need no entry. */
  readonly allowedOrigins: readonly string[];
  /** How many proxies in front may be believed about the caller's address; with 0, `X-Forwarded-For` means nothing. */
  readonly trustedProxies: number;
  /** Answers browsers that come to look; everything else it lets by. */
  readonly pages?: Middleware;
  readonly log: Log;
  /** For metrics: the route's pattern, never the address itself. */
  readonly measured?: (method: string, route: string, status: number, ms: number) => void;
}

export const createApp = <D>(options: AppOptions<D>): Koa => {
  const { allowedOrigins, trustedProxies, pages, log, measured } = options;
  const app = new Koa({ proxy: trustedProxies > 0, maxIpsCount: trustedProxies });
  const router = mount({ ...options, routes: [...options.routes, openapiRoute(options.routes)] });

  /** The last resort: nothing that is thrown gets out in words, and everything that is thrown is logged. */
  const guard = async (context: Context, next: Next) => {
    const startedAt = performance.now();
    const asked = context.get('x-correlation-id');
    const correlationId = Uuid.safeParse(asked).success ? asked : randomUUIDv7();
    context.state['correlationId'] = correlationId;
    context.set(securityHeaders);
    context.set('X-Correlation-Id', correlationId);
    try {
      await fromHere({ correlationId, address: context.ip, device: context.get('user-agent') }, next);
      if (context.status === 404 && !context.body) sendProblem(context, unmatched(context));
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const isAway = isDatabaseAway(error);
      if (isAway) log.warn({ correlationId, reason: message }, 'a request found no database');
      else log.error({ correlationId, reason: message, stack }, 'a request failed');
      sendProblem(context, isAway ? problem('unavailable') : problem('internal', { correlationId }));
    }
    const route = String(context['_matchedRoute'] ?? 'none');
    measured?.(context.method, route, context.status, performance.now() - startedAt);
  };

  app.on('error', (error: Error) => log.warn({ reason: error.message }, 'an answer could not be sent'));
  app.use(guard);
  app.use(createCors(allowedOrigins));
  if (pages) app.use(pages);
  app.use(takeVersion);
  app.use(router.routes());
  return app;
};

/** No route took it: either nobody lives here, or not under this method. */
const unmatched = (context: Context) => {
  const layers = (context['matched'] ?? []) as readonly { readonly methods: readonly string[] }[];
  const methods = new Set(layers.flatMap((layer) => layer.methods));
  return methods.size === 0
    ? problem('not-found')
    : problem('method-not-allowed', undefined, { Allow: [...methods].join(', ') });
};

/** An API serves no pages, so browsers may do nothing at all with what it sends. */
const securityHeaders = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
