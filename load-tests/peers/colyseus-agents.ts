/** The client process for Colyseus: its own client, one connection for each claim an agent has open. */
import { Client, type Room } from '@colyseus/sdk';
import { serveAgents } from '../client-process.ts';
import { agentsOf, type CreateCrowd } from '../crowd.ts';
import { createExpectations } from './expectations.ts';

const createCrowd: CreateCrowd = async (work, order) => {
  const { url, claims } = order;
  const rooms = new Map<number, Map<number, Room>>();
  const expectations = createExpectations(claims.length);
  const watchersOf = (claim: number) => [...rooms].flatMap(([agent, its]) => (its.has(claim) ? [agent] : []));

  const open = async (agent: number, claim: number) => {
    const room = await new Client(url).joinOrCreate('claim', { claim: claims[claim]! });
    rooms.get(agent)!.set(claim, room);
    room.onStateChange((state: { notes: Map<string, unknown> }) =>
      expectations.told(claim, agent, (id) => state.notes.has(id)),
    );
  };
  // One after the other: two who come first at the same time would be given two rooms.
  for (const agent of agentsOf(work, order)) {
    rooms.set(agent, new Map());
    await Promise.all(work.watches(agent).map((claim) => open(agent, claim)));
  }

  return {
    has: (agent) => rooms.has(agent),
    write(agent, claim, note, { acked, seen }) {
      expectations.expect(claim, note.id, watchersOf(claim), seen);
      rooms
        .get(agent)!
        .get(claim)!
        .request('addNote', note)
        .then(
          (seq) => acked({ ok: true, epoch: 1, seq: Number(seq) }, performance.now()),
          () => acked({ ok: false, code: 'refused', retry: 'no' }, performance.now()),
        );
    },
    get isEverythingSeen() {
      return expectations.isEverythingSeen;
    },
    counts: expectations.counts,
    close() {
      for (const its of rooms.values()) for (const room of its.values()) void room.leave();
    },
  };
};

serveAgents(() => createCrowd);
