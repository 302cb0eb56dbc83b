/** What HTTP handlers are given. They construct nothing themselves. */
import type { Sessions } from '../../src/auth/sessions.ts';
import type { Throttle } from '../../src/auth/throttle.ts';
import { routesOf } from '../../src/http/route.ts';
import type { RoomsApi } from '../../src/runtime/api.ts';

/** May this process be sent work? Each check by name, with a word on what is wrong. */
export interface Readiness {
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export interface Deps {
  readonly rooms: RoomsApi;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  readonly ready: () => Promise<Readiness>;
  readonly config: { readonly allowedOrigins: readonly string[]; readonly metricsToken: string | undefined };
}

export const route = routesOf<Deps>();
