/** The baseline without a database: what it takes, nobody can save; what Claimroom takes beyond it is the price of durability. */
import { serveBaseline } from './socket-server.ts';

const seqByRoom = new Map<string, number>();

serveBaseline({
  seqOf: async (room) => seqByRoom.get(room) ?? 0,
  async keep(room) {
    const seq = (seqByRoom.get(room) ?? 0) + 1;
    seqByRoom.set(room, seq);
    return seq;
  },
});
