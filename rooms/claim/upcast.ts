/** Reads what the first claim room (version 1: nine commands, one reserve) has stored. Its events are unchanged; its states are less than a claim. */
import type { Money } from '../values.ts';
import { type Claim, initial } from './claim.ts';
import { letGo, reserved } from './money/reserves.ts';

/** As version 1 kept it: no lines, and times only of the beginning and the last change. */
type Version1 = Pick<Claim, 'status' | 'number' | 'openedAt' | 'changedAt'> & { readonly reserve?: Money };

export const upcast = {
  state(stored: unknown, _version: number): Claim {
    const old = stored as Version1;
    const isDecided = old.status === 'approved' || old.status === 'denied';
    const claim: Claim = {
      ...initial,
      ...old,
      ...(old.number !== '' && { reportedAt: old.openedAt }),
      // Later than it was if something was noted since; a refusal stands longer then, never shorter.
      ...(isDecided && { decidedAt: old.changedAt }),
    };
    const withLines = old.reserve ? { ...claim, ...reserved(claim, {}, old.reserve) } : claim;
    return old.status === 'withdrawn' ? { ...withLines, ...letGo(withLines) } : withLines;
  },
  event: (type: string, data: unknown, _version: number) => ({ type, data }),
};
