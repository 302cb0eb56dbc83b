/** The newest notes stay in the claim's memory; a claim noted for years must not grow without end. */
import type { z } from 'zod';
import type { Stamp } from '../kit.ts';
import type { Claim, Note } from './claim.ts';

export const notesKept = 50;

export const noted = (
  claim: Claim,
  note: z.output<typeof Note>,
  { at, by }: Stamp,
): Pick<Claim, 'notes' | 'noteCount'> => {
  const n = claim.noteCount + 1;
  const notes: Record<string, Claim['notes'][string]> = {
    ...claim.notes,
    [note.id]: { n, text: note.text, by: by.accountId, at },
  };
  if (n > notesKept) for (const id of Object.keys(notes)) if (notes[id]!.n <= n - notesKept) delete notes[id];
  return { notes, noteCount: n };
};
