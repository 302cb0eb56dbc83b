/** Notes for colleagues: the newest by id. */
import type { z } from 'zod';
import type { Stamp } from '../kit.ts';
import type { Claim, Note } from './claim.ts';
import { kept, withNewest } from './newest.ts';

export const notesKept = kept;

export const noted = (
  claim: Claim,
  { id, text }: z.output<typeof Note>,
  { at, by }: Stamp,
): Pick<Claim, 'notes' | 'noteCount'> => {
  const n = claim.noteCount + 1;
  return { notes: withNewest(claim.notes, id, { n, text, by: by.accountId, at }), noteCount: n };
};
