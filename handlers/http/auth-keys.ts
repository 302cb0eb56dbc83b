/** The public keys of access tokens (RFC 7517), for whoever wants to check one. */
import { z } from 'zod';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const cachedSeconds = 300;
const PublicKey = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  use: z.string(),
  alg: z.string(),
});

export const authKeys = [
  route({
    method: 'get',
    path: '/.well-known/jwks.json',
    summary: 'The public keys access tokens are signed with: the one in use, and those before and after it.',
    tag: 'auth',
    access: 'public',
    reply: z.object({ keys: z.array(PublicKey) }),
    handle: async (_, { auth: { keys } }) =>
      answer(
        { keys: keys.jwks() as z.input<typeof PublicKey>[] },
        { 'Cache-Control': `public, max-age=${cachedSeconds}` },
      ),
  }),
];
