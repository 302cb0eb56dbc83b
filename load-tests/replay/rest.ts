/** The server's REST side: asks again while it is busy or away, and says in words when it will not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bounds } from './bounds.ts';

export type Reply =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly code: string; readonly details?: Readonly<Record<string, unknown>> };
export interface Rest {
  get(path: string): Promise<Reply>;
  post(path: string, body: object): Promise<Reply>;
}

export const createRest = (url: string, token: () => Promise<string>): Rest => {
  const ask = (path: string, body?: object) =>
    request(`${url}${path}`, async () => initOf(body, { authorization: `Bearer ${await token()}` }));
  return { get: (path) => ask(path), post: ask };
};

export const initOf = (body?: object, headers: Readonly<Record<string, string>> = {}): RequestInit =>
  body === undefined
    ? { headers }
    : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };

/** Throws where there was no answer at all for too long. */
export const request = async (url: string, init: () => Promise<RequestInit> | RequestInit): Promise<Reply> => {
  for (const until = performance.now() + bounds.requestMsMax; ; ) {
    const reply = await fetchOnce(url, await init());
    if (reply !== 'again') return reply;
    if (performance.now() > until) throw new Error(`${url} does not answer.`);
    await sleep(bounds.retryMs);
  }
};

const fetchOnce = async (url: string, init: RequestInit): Promise<Reply | 'again'> => {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(bounds.requestMsMax) });
    if (response.status === 503) return 'again';
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, body };
    const { code = `http-${response.status}`, details } = body as { code?: string; details?: Record<string, unknown> };
    return { ok: false, code, ...(details && { details }) };
  } catch {
    // Refused, reset, cut off in the middle, or not the server's own answer: a moment later it may be there.
    return 'again';
  }
};
