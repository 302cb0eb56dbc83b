/** `/api/v1/…` and `/api/…` are one address: here the version is taken off, so that no route has to know of it. */
import type { Context, Next } from 'koa';

/** The first is the one to write down; the other always means the newest version, and there is one. */
export const apiBases = ['/api/v1', '/api'] as const;

const versioned = /^\/api\/v1(?=\/)/;

export const takeVersion = (context: Context, next: Next) => {
  if (versioned.test(context.path)) context.path = context.path.replace(versioned, '/api');
  return next();
};
