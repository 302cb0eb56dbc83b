/** Every mapping there is, by the name it is asked for. */
import type { Mapping } from '../mapping.ts';
import { insuranceClaims } from './insurance-claims.ts';

export const mappings: Readonly<Record<string, Mapping>> = { [insuranceClaims.name]: insuranceClaims };
