/** One declaration per endpoint: it mounts the route, checks what comes in and what goes out, and writes its OpenAPI entry. */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Caller } from '../../rooms/kit.ts';
import type { Grantable } from '../../rooms/permissions.ts';
import type { Problem } from './problem.ts';

type Shape = z.ZodType;
type Part<S extends Shape | undefined> = S extends Shape ? z.output<S> : undefined;
/** `public`: anybody. `caller`: a valid access token of an account that is not disabled. A permission: such a caller who has it. */
export type Access = 'public' | 'caller' | Grantable;

/** What a handler may know of the request beside its declared parts. */
export interface Incoming {
  readonly correlationId: string;
  /** Whom to count against limits; through a trusted proxy the client's own address. */
  readonly ip: string;
  /** Came by HTTPS, as far as we or a trusted proxy know. */
  readonly isSecure: boolean;
  /** The session of the access token it came with; none at routes that need no token. */
  readonly sessionId: string | undefined;
  /** The other end of the connection itself. */
  readonly peer: string;
  header(name: string): string | undefined;
}
export interface Answer<T> {
  readonly body: T;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** Sent in place of the body, which is then empty: something too long to be held in memory. */
  readonly stream?: Readable;
}

export interface Route<
  D,
  A extends Access,
  P extends Shape | undefined,
  Q extends Shape | undefined,
  H extends Shape | undefined,
  B extends Shape | undefined,
  R extends Shape,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** `:name` for a parameter. */
  readonly path: string;
  /** Other addresses of the same thing. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Under what it stands in the documents; else under the first word of its path. */
  readonly tag?: string;
  readonly access: A;
  readonly params?: P;
  readonly query?: Q;
  /** Names in lower case. */
  readonly headers?: H;
  readonly body?: B;
  /** What may leave: a field that is not declared is dropped. */
  readonly reply: R;
  /** What it answers with when it did as it was asked, if not 200. */
  readonly status?: number;
  /** Content type of a reply that is text, if not plain. */
  readonly media?: string;
  /** Reading it is recorded in the audit under this name, before anything is sent. */
  readonly audited?: string;
  /** Turned away with `busy` from this pressure on, when the server cannot keep up; without it never. */
  readonly canWait?: 1 | 2;
  /** Codes it may be refused with, beside those of every route. */
  readonly refusals?: readonly string[];
  handle(
    request: {
      readonly params: Part<P>;
      readonly query: Part<Q>;
      readonly headers: Part<H>;
      readonly body: Part<B>;
      readonly caller: A extends 'public' ? undefined : Caller;
      readonly http: Incoming;
    },
    deps: D,
  ): Promise<Answer<z.input<R>> | Problem>;
}
// `any`: a list holds routes of every shape
export type AnyRoute<D> = Route<D, any, any, any, any, any, any>;

export const routesOf =
  <D>() =>
  <
    A extends Access,
    R extends Shape,
    P extends Shape | undefined = undefined,
    Q extends Shape | undefined = undefined,
    H extends Shape | undefined = undefined,
    B extends Shape | undefined = undefined,
  >(
    route: Route<D, A, P, Q, H, B, R>,
  ) =>
    route;

export const answer = <T>(body: T, headers: Readonly<Record<string, string>> = {}, status?: number): Answer<T> => ({
  body,
  headers,
  ...(status !== undefined && { status }),
});
