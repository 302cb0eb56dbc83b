/** Lets pages of the configured origins call, and no others: for the rest the browser hides the answer. */
import type { Context, Next } from 'koa';

export const createCors = (allowedOrigins: readonly string[]) => {
  const allowed = new Set(allowedOrigins);

  return async (context: Context, next: Next) => {
    const origin = context.get('origin');
    context.vary('Origin');
    if (!origin || !allowed.has(origin)) return next();
    context.set('Access-Control-Allow-Origin', origin);
    // The refresh token of a browser is a cookie.
    context.set('Access-Control-Allow-Credentials', 'true');
    context.set('Access-Control-Expose-Headers', 'ETag, Location, Retry-After, X-Correlation-Id');
    context.set('Cross-Origin-Resource-Policy', 'cross-origin');
    if (context.method !== 'OPTIONS' || !context.get('access-control-request-method')) return next();
    context.set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
    context.set(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, Idempotency-Key, If-Match, X-Correlation-Id',
    );
    context.set('Access-Control-Max-Age', '600');
    context.status = 204;
  };
};
