/** A node never asks whether the rooms it holds are still its own: one with nothing to write goes on showing what is old. */
import type { Limits } from '../../../src/limits.ts';

export const auditOff = (limits: Limits): Limits => ({ ...limits, auditEveryMs: 3_600_000 });
