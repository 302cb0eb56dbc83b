/** The demo's claims that the README and the greeting lead to. */
import { claimNamed } from './past/claim-named.ts';

export const demoClaims = { first: claimNamed('1'), draft: claimNamed('4') };
