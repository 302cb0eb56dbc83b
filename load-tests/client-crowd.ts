/** Agents with the real client: its outbox, its views, its patches. Knows when the last watcher of a claim shows a note. */
import { connect } from '../client/index.ts';
import { agentsOf, type CreateCrowd } from './crowd.ts';
import { arrive, signIn } from './logins.ts';

interface Expected {
  readonly seen: (at: number) => void;
  unseen: number;
}

export const createClientCrowd: CreateCrowd = async (work, order) => {
  const { url, claims, people } = order;
  const clients = new Map<number, ReturnType<typeof connect>>();
  const expectedByClaim = claims.map(() => new Map<string, Expected>());
  const watchersByClaim = claims.map(() => 0);
  let deliveries = 0;
  let frames = 0;

  const room = (agent: number, claim: number) => clients.get(agent)!.room(claims[claim]! as `claim/${string}`);
  const watch = async (agent: number, claim: number) => {
    const watched = room(agent, claim);
    const expected = expectedByClaim[claim]!;
    let shown: object = {};
    watched.subscribe(({ view }) => {
      const notes: object = view && 'notes' in view ? view.notes : {};
      if (notes === shown) return;
      frames++;
      for (const [id, note] of expected) {
        if (!Object.hasOwn(notes, id) || Object.hasOwn(shown, id)) continue;
        deliveries++;
        if (--note.unseen > 0) continue;
        expected.delete(id);
        note.seen(performance.now());
      }
      shown = notes;
    });
    watchersByClaim[claim]!++;
    const joined = await watched.join();
    if (!joined.ok) throw new Error(`agent ${agent} may not watch ${watched.id}: ${joined.code}`);
  };
  await arrive(agentsOf(work, order), async (agent) => {
    const token = people ? await signIn(url, people[agent]!) : async () => '';
    clients.set(agent, connect({ url, token }));
    await Promise.all(work.watches(agent).map((claim) => watch(agent, claim)));
  });

  return {
    has: (agent) => clients.has(agent),
    write(agent, claim, note, { acked, seen }) {
      expectedByClaim[claim]!.set(note.id, { seen, unseen: watchersByClaim[claim]! });
      void room(agent, claim)
        .send('addNote', note)
        .then((ack) => acked(ack, performance.now()));
    },
    get isEverythingSeen() {
      return expectedByClaim.every((expected) => expected.size === 0);
    },
    counts() {
      // What was never seen is reported once; it may not hold up whatever is played next.
      for (const expected of expectedByClaim) expected.clear();
      const counted = { deliveries, frames, repeated: 0, faults: {} };
      deliveries = frames = 0;
      return counted;
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
};
