/** The work there is, by name: client processes are told what to do by it. */
import type { Work } from '../work.ts';
import { department } from './department.ts';
import { oneClaim } from './one-claim.ts';

export const works: Readonly<Record<string, Work>> = { [department.name]: department, [oneClaim.name]: oneClaim };
