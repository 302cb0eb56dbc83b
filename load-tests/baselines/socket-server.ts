/**
 * A Socket.IO server that checks nobody and says on the wire what Claimroom says: an ack, then one patch of the same size
 * to everyone in the claim's room. What lies between command and ack is the baseline's own.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../rooms/protocol.ts';
import { serveVitals } from './vitals.ts';

/** Notes a claim shows; the one that falls off is named in the patch. */
const notesShown = 20;

export interface NewNote {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

interface Baseline {
  seqOf(room: string): Promise<number>;
  /** Answers the note's seq once it is kept, whatever that means here. */
  keep(room: string, note: NewNote): Promise<number>;
  close?(): Promise<void>;
}

export const serveBaseline = ({ seqOf, keep, close }: Baseline) => {
  const shownByRoom = new Map<string, string[]>();
  /** What was told last: of notes kept at the same time the later may come back first. */
  const toldByRoom = new Map<string, number>();
  const heldBackByRoom = new Map<string, Map<number, () => void>>();

  const http = createServer(serveVitals());
  const io = new Server<ClientToServer, ServerToClient>(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 5_000,
  });

  const tell = (room: string, note: NewNote, seq: number) => {
    const shown = shownByRoom.get(room) ?? [];
    shownByRoom.set(room, shown);
    const fallen = shown.push(note.id) > notesShown ? shown.shift() : undefined;
    const { id, text, by, at } = note;
    const notes = { [id]: { n: seq, text, by, at }, ...(fallen !== undefined && { [fallen]: null }) };
    const patch = { notes, noteCount: seq, changedAt: at };
    io.to(room).emit('room:patch', { room, seat: 'desk', epoch: 1, from: seq - 1, seq, patch });
  };
  const tellInOrder = (room: string, seq: number, telling: () => void) => {
    const held = heldBackByRoom.get(room) ?? new Map<number, () => void>();
    heldBackByRoom.set(room, held.set(seq, telling));
    let told = toldByRoom.get(room) ?? seq - 1;
    for (let next = held.get(told + 1); next; next = held.get(told + 1)) {
      held.delete(++told);
      next();
    }
    toldByRoom.set(room, told);
  };

  io.on('connection', (socket) => {
    socket.on('room:join', async ({ room }, ack) => {
      void socket.join(room);
      const seq = await seqOf(room);
      if (!toldByRoom.has(room)) toldByRoom.set(room, seq);
      const view = { notes: {}, noteCount: seq };
      ack({ ok: true, seat: 'desk', epoch: 1, seq, view, offers: ['addNote'] });
    });
    socket.on('room:leave', ({ room }, ack) => {
      void socket.leave(room);
      ack({ ok: true });
    });
    socket.on('room:command', ({ room, input }, ack) => {
      const { id, text } = input as { id: string; text: string };
      const note = { id, text, by: socket.id, at: new Date().toISOString() };
      keep(room, note).then(
        (seq) => {
          ack({ ok: true, epoch: 1, seq });
          tellInOrder(room, seq, () => tell(room, note, seq));
        },
        (error: unknown) => {
          console.error(error);
          ack({ ok: false, code: 'internal', retry: 'no' });
        },
      );
    });
  });

  http.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
  process.once('SIGTERM', () => {
    http.closeAllConnections();
    void io.close();
    void close?.();
  });
};
