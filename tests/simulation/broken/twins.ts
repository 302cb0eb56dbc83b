/** Systems that keep all promises but one, and the invariants that must notice. */
import type { Limits } from '../../../src/limits.ts';
import { fenceOff } from '../../faults/broken/fence-off.ts';
import { unknownIsFailed } from '../../faults/broken/unknown-is-failed.ts';
import type { Invariant } from '../checker.ts';
import type { SimulationOptions } from '../simulate.ts';
import { ackBeforeCommit } from './ack-before-commit.ts';
import { isBeacon } from './beacon-off.ts';
import { confirmOff } from './confirm-off.ts';
import { dedupeOff } from './dedupe-off.ts';
import { joinAfterSnapshot } from './join-after-snapshot.ts';
import { rollbackInMemory } from './rollback-in-memory.ts';
import { seatNotReEvaluated } from './seat-not-re-evaluated.ts';

export interface Twin {
  readonly options: SimulationOptions;
  /** Any of these is about the broken promise; others may follow from it. */
  readonly noticed: readonly Invariant[];
}

export const twins = {
  'fence-off': { options: { parts: { store: fenceOff } }, noticed: ['decidedOnTruth', 'epochsRise'] },
  'ack-before-commit': {
    options: { parts: { store: ackBeforeCommit } },
    noticed: ['ackedIsThere', 'durableBeforeTold'],
  },
  'dedupe-off': { options: { parts: { rooms: dedupeOff } }, noticed: ['effectsOnce', 'sameAnswer'] },
  'beacon-off': { options: { isDropped: isBeacon }, noticed: ['everybodyArrives'] },
  'join-after-snapshot': { options: { parts: { rooms: joinAfterSnapshot } }, noticed: ['everybodyArrives'] },
  'unknown-is-failed': {
    options: { parts: { rooms: unknownIsFailed } },
    noticed: ['refusedIsAbsent', 'refusedByRule'],
  },
  'rollback-in-memory': {
    options: { parts: { store: rollbackInMemory } },
    noticed: ['refusedOnPresent', 'refusedIsAbsent', 'everybodyArrives'],
  },
  'seat-not-re-evaluated': { options: { parts: { tell: seatNotReEvaluated } }, noticed: ['seatedRightly'] },
  'confirm-off': { options: { parts: { store: confirmOff } }, noticed: ['refusedOnPresent'] },
  'audit-off': { options: { parts: { limits: auditOff } }, noticed: ['everybodyArrives'] },
} satisfies Record<string, Twin>;

function auditOff(limits: Limits): Limits {
  return { ...limits, auditEveryMs: 3_600_000 };
}
