/**
 * The baseline: a Socket.IO server that stores nothing and checks nobody, and says on the wire what Claimroom says —
 * an ack, then one patch of the same size to everyone in the claim's room. What Claimroom takes beyond this is its price.
 */
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../rooms/protocol.ts';

/** Notes a claim shows; the one that falls off is named in the patch. */
const notesShown = 50;

interface Claim {
  seq: number;
  readonly noteIds: string[];
}
const claims = new Map<string, Claim>();
const claimOf = (room: string): Claim => {
  let claim = claims.get(room);
  if (!claim) claims.set(room, (claim = { seq: 0, noteIds: [] }));
  return claim;
};

// The same instruments as in Claimroom, so that the figures can be laid side by side.
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
new Gauge({
  name: 'claimroom_loop_delay_p99_ms',
  help: 'Event-loop delay since the last scrape, milliseconds, 99th percentile.',
  registers: [registry],
  collect() {
    this.set(delay.percentile(99) / 1e6);
    delay.reset();
  },
});

const http = createServer((request, response) => {
  if (request.url !== '/metrics') return void response.end('ok');
  void registry.metrics().then((text) => response.end(text));
});
const io = new Server<ClientToServer, ServerToClient>(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: 10_000,
  pingTimeout: 5_000,
});

io.on('connection', (socket) => {
  socket.on('room:join', ({ room }, ack) => {
    void socket.join(room);
    ack({ ok: true, seat: 'desk', epoch: 1, seq: claimOf(room).seq, view: { notes: {} }, offers: ['addNote'] });
  });
  socket.on('room:leave', ({ room }, ack) => {
    void socket.leave(room);
    ack({ ok: true });
  });
  socket.on('room:command', ({ room, input }, ack) => {
    const claim = claimOf(room);
    const from = claim.seq++;
    const seq = claim.seq;
    const { id, text } = input as { id: string; text: string };
    const at = new Date().toISOString();
    const fallen = claim.noteIds.push(id) > notesShown ? claim.noteIds.shift() : undefined;
    ack({ ok: true, epoch: 1, seq });
    const notes = { [id]: { n: seq, text, by: socket.id, at }, ...(fallen !== undefined && { [fallen]: null }) };
    const patch = { notes, noteCount: seq, changedAt: at };
    io.to(room).emit('room:patch', { room, seat: 'desk', epoch: 1, from, seq, patch });
  });
});

http.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1');
process.once('SIGTERM', () => {
  http.closeAllConnections();
  void io.close();
});
