/** A claim as a Colyseus room: notes in its state, which Colyseus sends as patches, and an answer to each message. */
import { createServer } from 'node:http';
import { type Client, Room, Server } from '@colyseus/core';
import { schema, t } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { putVitalsFirst } from './vitals-first.ts';

const notesShown = 20;
const isAtOnce = process.env['PATCHES'] === 'at-once';

const Note = schema({ n: t.number(), text: t.string(), by: t.string(), at: t.string() }, 'Note');
// oxlint-disable-next-line typescript/ban-ts-comment
// @ts-ignore: its types of maps of schemas are too deep for this compiler, depending on what else is checked.
const Claim = schema({ notes: t.map(Note), noteCount: t.number().default(0) }, 'Claim');

class ClaimRoom extends Room {
  override state = new Claim();
  override messages = {
    addNote: (client: Client, { id, text }: { id: string; text: string }) => {
      const { notes } = this.state;
      const n = ++this.state.noteCount;
      notes.set(id, new Note({ n, text, by: client.sessionId, at: new Date().toISOString() }));
      if (notes.size > notesShown) for (const oldest of notes.keys().take(1)) notes.delete(oldest);
      if (isAtOnce) this.broadcastPatch();
      return n;
    },
  };

  override onCreate() {
    if (isAtOnce) this.patchRate = null;
  }
}

const http = createServer();
const server = new Server({ transport: new WebSocketTransport({ server: http }), greet: false });
server.define('claim', ClaimRoom).filterBy(['claim']);
await server.listen(Number(process.env['PORT']), '127.0.0.1');
putVitalsFirst(http);
