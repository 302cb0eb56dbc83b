/** Checked by the compiler; running it only shows that nothing throws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client, Room } from './types.ts';

const typed = (client: Client, id: string, uuid: string) => {
  const claim = client.room(`claim/${uuid}`);
  void claim.send('addNote', { id: uuid, text: 'Called the garage.' });
  void claim.send('assign', { handlerId: uuid }, { id: uuid });
  // @ts-expect-error: no such command
  void claim.send('addNotes', { id: uuid, text: '' });
  // @ts-expect-error: a note has a text
  void claim.send('addNote', { id: uuid });
  // @ts-expect-error: the text is a string
  void claim.send('addNote', { id: uuid, text: 1 });

  const { state } = claim;
  if (state.seat === 'desk') void (state.view.noteCount satisfies number);
  // @ts-expect-error: the holder sees no notes
  if (state.seat === 'holder') void state.view.noteCount;
  // @ts-expect-error: there may be no view yet
  void state.view.status;
  if (state.view) void (state.view.status satisfies string);
  // @ts-expect-error: a claim has no such seat
  void (state.seat === 'landlord');

  const any: Room = client.room(id);
  void any.send('whatever', { you: 'like' });
  const unknownKind = client.room('board/claims');
  void unknownKind.send('whatever', { you: 'like' });
};

test('commands, inputs and views are typed by the kind of room', () => assert.ok(typed));
