/** A fresh access token on a living socket, so that a shift at work is one connection. */
import { RenewRequest } from '../../rooms/protocol.ts';
import { refusal } from '../../src/runtime/waiting.ts';
import { verb, type Verb } from '../../src/socket/verb.ts';

export const sessionVerbs: readonly Verb[] = [
  verb({
    name: 'session:renew',
    counts: 'command',
    request: RenewRequest,
    async handle({ token }, connection) {
      const expiresAt = await connection.renew(token);
      return expiresAt === false ? refusal('unauthorized') : { ok: true, expiresAt };
    },
  }),
];
