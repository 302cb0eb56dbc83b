/** Turns declared routes into Koa middleware: who is it, is the request well formed, what is the answer, may all of it leave. */
import Router from '@koa/router';
import type { Context } from 'koa';
import type { z } from 'zod';
import { issuesOf } from '../../rooms/kit.ts';
import { may } from '../../rooms/permissions.ts';
import { originNow } from '../audit/origin.ts';
import type { WatchRequest } from '../audit/requests.ts';
import type { Identify } from '../auth/bearer.ts';
import type { Limits } from '../limits.ts';
import type { Shedding } from '../shedding.ts';
import { readJson } from './body.ts';
import { isProblem, type Problem, problem, problemBody } from './problem.ts';
import type { Answer, AnyRoute, Incoming } from './route.ts';

export interface MountOptions<D> {
  readonly routes: readonly AnyRoute<D>[];
  readonly deps: D;
  readonly identify: Identify;
  readonly limits: Pick<Limits, 'bodyBytesMax' | 'frameDepthMax'>;
  /** How hard it is to keep up. */
  readonly shedding?: Shedding;
  /** Told of each request before its answer leaves. */
  readonly watch?: WatchRequest;
}

export const mount = <D>({ routes, deps, identify, limits, watch, shedding }: MountOptions<D>): Router => {
  const router = new Router({ sensitive: true });
  for (const route of routes)
    for (const path of [route.path, ...(route.aliases ?? [])])
      router[route.method](path, async (context: Context) => {
        const told = async (code: string | undefined) => {
          const { method, audited } = route;
          const isSignedIn = originNow()?.accountId !== undefined;
          await watch?.({ method, path, params: context['params'], audited, isSignedIn, code });
        };
        const answer = await run(route, context, { deps, identify, limits, ...(shedding && { shedding }) }).catch(
          async (error: unknown) => {
            await told('internal');
            throw error;
          },
        );
        await told(isProblem(answer) ? answer.problem : undefined);
        if (isProblem(answer)) sendProblem(context, answer);
        else send(context, route, answer);
      });
  return router;
};

const run = async <D>(
  route: AnyRoute<D>,
  context: Context,
  { deps, identify, limits, shedding }: Omit<MountOptions<D>, 'routes'>,
) => {
  if (route.canWait !== undefined && shedding && shedding.pressure >= route.canWait)
    return problem('busy', undefined, {}, shedding.retryAfterMs);
  // Before the body: whoever may not come in is not read to the end.
  const { access } = route;
  const who = access === 'public' ? null : await identify(context.get('authorization'));
  if (who && !who.ok) return problem('unauthorized', { reason: who.reason });
  const origin = originNow();
  if (who && origin)
    Object.assign(origin, { accountId: who.caller.accountId, sessionId: who.sessionId, onBehalf: who.onBehalf });
  if (who && access !== 'caller' && !may(who.caller, access)) return problem('forbidden', { needs: access });
  const hasNoBody = route.method === 'get' || (route.method === 'delete' && !route.body);
  const read = hasNoBody ? { json: undefined } : await readJson(context.req, limits);
  if (isProblem(read)) return read;

  const params = part(route.params, context['params']);
  const query = part(route.query, { ...context.query });
  const headers = part(route.headers, context.headers);
  const body = part(route.body, read.json);
  const issues = [params, query, headers, body].flatMap((parsed) => parsed.issues);
  if (issues.length > 0) return problem('invalid', { issues });
  const request = { params: params.value, query: query.value, headers: headers.value, body: body.value };
  const http = incoming(context, who?.sessionId);
  return (await route.handle({ ...request, caller: who?.caller, http }, deps)) as Answer<unknown> | Problem;
};

const part = (schema: z.ZodType | undefined, value: unknown) => {
  if (!schema) return { value: undefined, issues: [] };
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data, issues: [] } : { value: undefined, issues: issuesOf(parsed.error) };
};

const incoming = (context: Context, sessionId: string | undefined): Incoming => ({
  correlationId: context.state['correlationId'] as string,
  ip: context.ip,
  isSecure: context.secure,
  sessionId,
  peer: context.req.socket.remoteAddress ?? '',
  header: (name) => context.get(name) || undefined,
});

const send = <D>(
  context: Context,
  { reply, status: usual = 200 }: AnyRoute<D>,
  { body, headers = {}, status = usual, stream }: Answer<unknown>,
) => {
  // A reply that breaks its own declaration is a defect, so this throws and becomes a 500 rather than leaving half-checked.
  const checked: unknown = reply.parse(body);
  context.status = status;
  context.set(headers);
  if (typeof checked !== 'string') context.type = 'application/json';
  context.body = stream ?? (typeof checked === 'string' ? checked : JSON.stringify(checked));
};

export const sendProblem = (context: Context, refused: Problem) => {
  const body = problemBody(refused);
  context.status = body.status;
  context.set(refused.headers ?? {});
  context.type = 'application/problem+json';
  context.body = JSON.stringify(body);
};
