/** The newest notes stay in the claim's memory; a claim noted for years must not grow without end. */
import type { z } from 'zod';
import type { Stamp } from '../kit.ts';
import type { Claim, Note } from './claim.ts';

/** About a screenful. */
export const notesKept = 20;

export const noted = (
  claim: Claim,
  note: z.output<typeof Note>,
  { at, by }: Stamp,
): Pick<Claim, 'notes' | 'noteCount'> => {
  const n = claim.noteCount + 1;
  // Without a prototype it is a dictionary from the start: five times faster to fill with ids than an ordinary object.
  const notes: Record<string, Claim['notes'][string]> = Object.create(null);
  for (const id of Object.keys(claim.notes)) if (claim.notes[id]!.n > n - notesKept) notes[id] = claim.notes[id]!;
  notes[note.id] = { n, text: note.text, by: by.accountId, at };
  return { notes, noteCount: n };
};
