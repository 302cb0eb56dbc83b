/** One request to the server. Never throws: what comes back is an answer or a refusal with the server's own code. */
import type { Refusal } from '../../rooms/protocol.ts';

export type Answer = { readonly ok: true; readonly json: any } | Refusal; // `any`: whoever asks knows what it asked for

const patienceMs = 15_000;
/** Codes after which the same may be asked again. */
const passing = new Set(['busy', 'moved', 'unavailable', 'unknown']);

export const ask = async (
  method: 'GET' | 'POST',
  path: string,
  { body, token, signal }: { readonly body?: unknown; readonly token?: string; readonly signal?: AbortSignal } = {},
): Promise<Answer> => {
  try {
    const timeout = AbortSignal.timeout(patienceMs);
    const response = await fetch(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const json = await response.json();
    if (response.ok) return { ok: true, json };
    const { code = 'internal', details } = json ?? {};
    return { ok: false, code, ...(details && { details }), retry: passing.has(code) ? 'same-id' : 'no' };
  } catch {
    return { ok: false, code: 'offline', retry: 'same-id' };
  }
};
