/** Every request that changed something, read something precious or was turned away leaves an entry, whatever its handler forgets. */
import { statusOf } from '../http/problem.ts';
import type { Audit } from './audit.ts';
import { isUndecided } from './entry.ts';
import { originNow } from './origin.ts';

/** What is known of a request once it is answered, and before the answer leaves. */
export interface Asked {
  readonly method: string;
  /** The route's pattern. */
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Of routes that say so: the name under which reading is recorded, too. */
  readonly audited?: string | undefined;
  readonly isSignedIn: boolean;
  /** Why it was refused. */
  readonly code?: string | undefined;
}
export type WatchRequest = (asked: Asked) => Promise<void>;

const denied = new Set([401, 403, 404]);

export const watchRequests =
  (audit: Audit): WatchRequest =>
  async (asked) => {
    const { method, path, audited, isSignedIn, code } = asked;
    const origin = originNow();
    if (origin?.isRecorded) return;
    const object = addressOf(asked);
    const what = `${method} ${path}`;
    const isChange = method !== 'get' && isSignedIn;
    // It does not leave before it is known that it did.
    if (code === undefined && audited !== undefined) await audit.sure({ action: audited, object });
    else if (code === undefined) {
      if (isChange) audit.record({ action: what, object });
    } else if (denied.has(statusOf(code)) && (isSignedIn || code === 'unauthorized'))
      audit.recordSeldom({ action: 'authz_fail', outcome: 'refused', code, object, details: { what } });
    else if (isChange && !isUndecided(code))
      audit.recordSeldom({ action: what, outcome: code === 'internal' ? 'failed' : 'refused', code, object });
  };

/** The path as it was asked for, as far as its parameters were well formed. */
const addressOf = ({ path, params }: Asked): string =>
  path.replace(/^\/api\//, '').replaceAll(/:(\w+)/g, (whole, name: string) => {
    const value = params?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 100) : whole;
  });
