/**
 * Agents on raw sockets, for rates at which the real client would be what is measured. Each frame's room and seqs are read,
 * so every delivery is counted and none is sampled; the rest of a frame is read by one watcher of each claim only.
 */
import { commandId } from '../client/index.ts';
import type { Ack, RoomPatch } from '../rooms/protocol.ts';
import { agentsOf, type CreateCrowd } from './crowd.ts';
import { arrive, signIn } from './logins.ts';
import { createClaimWatch } from './raw/claim-watch.ts';
import { patchHead } from './raw/patch-head.ts';
import { openRaw, type RawSocket } from './raw/socket.ts';

export const createRawCrowd: CreateCrowd = async (work, order) => {
  const { url, claims, people } = order;
  const mine = agentsOf(work, order);
  const sockets = new Map<number, RawSocket>();
  const watchersOf = (claim: number) => mine.filter((agent) => work.watches(agent).includes(claim)).length;
  const watches = claims.map((_, claim) => createClaimWatch(watchersOf(claim)));
  const watchByRoom = new Map(claims.map((room, claim) => [room, watches[claim]!]));
  let frames = 0;
  let repeated = 0;
  let cut = 0;

  const onEvent = (agent: number, bytes: Buffer, start: number, end: number) => {
    const head = patchHead(bytes, start, end);
    const watch = head && watchByRoom.get(head.room);
    if (!head || !watch) return;
    frames++;
    watch.patch(agent, head.from, head.seq, performance.now());
    if (watch.isChecked(agent))
      watch.check((JSON.parse(bytes.toString('utf8', start + 2, end)) as [string, RoomPatch])[1]);
  };
  const join = (socket: RawSocket, agent: number, claim: number) =>
    new Promise<void>((resolve, reject) =>
      socket.ask('room:join', { room: claims[claim]! }, (reply) => {
        if (!reply.ok || !('view' in reply))
          return reject(new Error(`agent ${agent} may not watch ${claims[claim]!}: ${JSON.stringify(reply)}`));
        watches[claim]!.joined(agent, reply);
        resolve();
      }),
    );
  await arrive(mine, async (agent) => {
    const token = people ? await (await signIn(url, people[agent]!))() : '';
    const socket = await openRaw({
      url,
      token,
      onEvent: (bytes, start, end) => onEvent(agent, bytes, start, end),
      onDown: () => void cut++,
    });
    sockets.set(agent, socket);
    await Promise.all(work.watches(agent).map((claim) => join(socket, agent, claim)));
  });

  return {
    has: (agent) => sockets.has(agent),
    write(agent, claim, note, { acked, seen }) {
      const request = { room: claims[claim]!, id: commandId(), name: 'addNote', input: note };
      const answered = (ack: Ack) => {
        // As the real client does: the same command again when the server wishes.
        if (!ack.ok && ack.retry === 'same-id') {
          repeated++;
          return void setTimeout(send, ack.retryAfterMs ?? 100);
        }
        acked(ack, performance.now());
        if (ack.ok) watches[claim]!.acked(ack.seq, seen);
      };
      const send = () => sockets.get(agent)!.ask('room:command', request, answered);
      send();
    },
    get isEverythingSeen() {
      return watches.every(({ isEverythingSeen }) => isEverythingSeen);
    },
    counts() {
      const faults: Record<string, number> = cut > 0 ? { disconnected: cut } : {};
      let deliveries = 0;
      for (const watch of watches) {
        const counted = watch.counts();
        deliveries += counted.deliveries;
        for (const [name, times] of Object.entries(counted.faults)) faults[name] = (faults[name] ?? 0) + times;
      }
      const counts = { deliveries, frames, repeated, faults };
      frames = repeated = cut = 0;
      return counts;
    },
    close() {
      for (const socket of sockets.values()) socket.close();
    },
  };
};
