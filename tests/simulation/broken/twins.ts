/** Systems with one mistake each, put in from outside, and the invariants that are about it. */
import { fenceOff } from '../../faults/broken/fence-off.ts';
import { unknownIsFailed } from '../../faults/broken/unknown-is-failed.ts';
import type { Invariant } from '../checker.ts';
import type { SimulationOptions } from '../simulate.ts';
import { ackBeforeCommit } from './ack-before-commit.ts';
import { auditOff } from './audit-off.ts';
import { isBeacon } from './beacon-off.ts';
import { confirmOff } from './confirm-off.ts';
import { dedupeOff } from './dedupe-off.ts';
import { joinAfterSnapshot } from './join-after-snapshot.ts';
import { rollbackInMemory } from './rollback-in-memory.ts';
import { seatNotReEvaluated } from './seat-not-re-evaluated.ts';

export interface Twin {
  readonly options: SimulationOptions;
  /** One of these must be red. Others may be, too; they only follow from it. */
  readonly about: readonly Invariant[];
}

const all = {
  'fence-off': { options: { parts: { store: fenceOff } }, about: ['decidedOnTruth', 'ackedIsThere', 'shownIsTrue'] },
  'ack-before-commit': { options: { parts: { store: ackBeforeCommit } }, about: ['ackedIsThere', 'durableBeforeTold'] },
  'dedupe-off': { options: { parts: { rooms: dedupeOff } }, about: ['effectsOnce', 'sameAnswer'] },
  'beacon-off': { options: { isDropped: isBeacon }, about: ['everybodyArrives'] },
  'join-after-snapshot': { options: { parts: { rooms: joinAfterSnapshot } }, about: ['everybodyArrives'] },
  'unknown-is-failed': { options: { parts: { rooms: unknownIsFailed } }, about: ['refusedByRule', 'refusedIsAbsent'] },
  'rollback-in-memory': {
    options: { parts: { store: rollbackInMemory } },
    // The fence keeps what it would write out of the journal: what is left is what it says and shows.
    about: ['refusedOnPresent', 'reactionsFollow', 'everybodyArrives'],
  },
  'seat-not-re-evaluated': { options: { parts: { tell: seatNotReEvaluated } }, about: ['seatedRightly'] },
  'confirm-off': { options: { parts: { store: confirmOff } }, about: ['refusedOnPresent'] },
  'audit-off': { options: { parts: { limits: auditOff } }, about: ['everybodyArrives'] },
} satisfies Record<string, Twin>;

export type TwinName = keyof typeof all;
export const twins: Readonly<Record<TwinName, Twin>> = all;
export const twinNames = Object.keys(all) as readonly TwinName[];
