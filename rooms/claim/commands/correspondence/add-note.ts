import { known } from '../../checks.ts';
import { Note } from '../../claim.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const addNote = command({
  summary: 'Write a note for colleagues; the holder never sees it.',
  may: ['handler', 'desk', 'supervisor', 'investigator', 'assessor', 'system'],
  when: when('addNote'),
  input: Note,
  decide: (claim, note) => known(claim.notes, note.id, 'claim/note-exists') ?? [{ type: 'noteAdded', data: note }],
});
