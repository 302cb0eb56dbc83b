/** What operators and load balancers ask. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { bearerToken } from '../../src/auth/bearer.ts';
import { asyncapiPath } from '../../src/docs/asyncapi.ts';
import { openapiPath } from '../../src/http/openapi.ts';
import { problem } from '../../src/http/problem.ts';
import { answer, type Incoming } from '../../src/http/route.ts';
import { route } from './deps.ts';
import { docsPath } from './docs.ts';

export const health = [
  route({
    method: 'get',
    path: '/',
    summary: 'Where to go from here.',
    access: 'public',
    reply: z.object({
      name: z.string(),
      docs: z.string(),
      openapi: z.string(),
      asyncapi: z.string(),
      login: z.string(),
      health: z.string(),
      ready: z.string(),
    }),
    handle: async () =>
      answer({
        name: 'Claimroom',
        docs: docsPath,
        openapi: openapiPath,
        asyncapi: asyncapiPath,
        login: '/api/auth/login',
        health: '/healthz',
        ready: '/readyz',
      }),
  }),
  route({
    method: 'get',
    path: '/healthz',
    aliases: ['/health'],
    summary: 'The process answers. Restart it when it does not.',
    access: 'public',
    reply: z.object({ ok: z.boolean() }),
    handle: async () => answer({ ok: true }),
  }),
  route({
    method: 'get',
    path: '/readyz',
    summary:
      'The process can do its work: it has just written to its journal. Send nothing here while it says 503, or 404 if you ask so.',
    access: 'public',
    // HAProxy lets go of a server gently when it says 404, and cuts its connections at anything else.
    query: z.object({ unready: z.enum(['503', '404']).default('503') }),
    reply: z.object({ ok: z.boolean(), checks: z.record(z.string(), z.string()) }),
    async handle({ query }, { ready }) {
      const { ok, checks } = await ready();
      return answer({ ok, checks: { ...checks } }, {}, ok ? 200 : Number(query.unready));
    },
  }),
  route({
    method: 'get',
    path: '/metrics',
    summary: 'Measurements for Prometheus. Open to this machine; others need the metrics token.',
    access: 'public',
    reply: z.string(),
    refusals: ['unauthorized'],
    async handle({ http }, { metrics, config }) {
      if (!isLocal(http) && !isToken(http.header('authorization'), config.metricsToken)) return problem('unauthorized');
      return answer(await metrics.text(), { 'Content-Type': metrics.contentType });
    },
  }),
  route({
    method: 'get',
    path: '/verify/boards',
    summary:
      'Counts the figures of all boards anew and says where the ones that are shown differ. Reads the whole list; open like `/metrics`.',
    access: 'public',
    reply: z.object({ ok: z.boolean(), differences: z.array(z.string()) }),
    refusals: ['unauthorized', 'unavailable'],
    async handle({ http }, { figures, config }) {
      if (!isLocal(http) && !isToken(http.header('authorization'), config.metricsToken)) return problem('unauthorized');
      const differences = await figures.verify();
      return answer({ ok: differences.length === 0, differences: [...differences] });
    },
  }),
];

/** A proxy on this machine makes everybody look local, so whatever came through one does not count. */
const isLocal = (http: Incoming) =>
  /^(?:127\.|::1$|::ffff:127\.)/.test(http.peer) &&
  ['x-forwarded-for', 'forwarded', 'via'].every((name) => !http.header(name));

const isToken = (authorization: string | undefined, expected: string | undefined) => {
  const given = bearerToken(authorization ?? '');
  return given !== undefined && expected !== undefined && timingSafeEqual(digest(given), digest(expected));
};
const digest = (text: string) => createHash('sha256').update(text).digest();
