/** The client's own answers, for when there is none of a server. */
import type { Refusal } from '../rooms/protocol.ts';

/** No answer: it may or may not have happened. The server's own word for it is the same. */
export const lost: Refusal = { ok: false, code: 'unknown', retry: 'same-id' };
export const closed: Refusal = { ok: false, code: 'closed', retry: 'same-id' };
