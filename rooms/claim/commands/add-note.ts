import { reject } from '../../kit.ts';
import { Note } from '../claim.ts';
import { command } from './command.ts';

export const addNote = command({
  summary: 'Write a note for colleagues; the holder never sees it.',
  may: ['handler', 'desk', 'supervisor', 'system'],
  when: 'any',
  input: Note,
  decide: (claim, note) =>
    Object.hasOwn(claim.notes, note.id)
      ? reject('claim/note-exists', { id: note.id })
      : [{ type: 'noteAdded', data: note }],
});
