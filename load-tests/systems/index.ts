/** The systems that can be measured. */
import { bare } from './bare.ts';
import { claimroom } from './claimroom.ts';
import type { System } from './system.ts';

export const systems: Readonly<Record<string, System>> = { claimroom, bare };
