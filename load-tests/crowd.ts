/** The agents of one process: signed in, connected, watching. Knows when the last watcher of a claim has seen a note. */
import { connect, type Room } from '../client/index.ts';
import { signIn } from './logins.ts';
import type { Order } from './messages.ts';
import type { Scenario } from './scenario.ts';

interface Expected {
  readonly seen: () => void;
  unseen: number;
}
export interface Crowd {
  has(agent: number): boolean;
  /** `seen` is called once, when everyone who watches the claim shows the note. */
  expect(claim: number, noteId: string, seen: () => void): void;
  room(agent: number, claim: number): Room<'claim'>;
  readonly isEverythingSeen: boolean;
  readonly close: () => void;
}

/** A login costs the server a password hash; more at once only queue there. */
const loginsAtOnce = 4;

export const createCrowd = async (scenario: Scenario, { url, claims, people, share }: Order): Promise<Crowd> => {
  const everyone = Array.from({ length: scenario.agents }, (_, agent) => agent);
  const mine = everyone.filter((agent) => scenario.groupOf(agent) % share.of === share.index);
  const clients = new Map<number, ReturnType<typeof connect>>();
  const expectedByClaim = claims.map(() => new Map<string, Expected>());
  const watchersByClaim = claims.map(() => 0);
  const room = (agent: number, claim: number) => clients.get(agent)!.room(claims[claim]! as `claim/${string}`);

  const watch = async (agent: number, claim: number) => {
    const watched = room(agent, claim);
    const expected = expectedByClaim[claim]!;
    let shown: object = {};
    watched.subscribe(({ view }) => {
      const notes: object = view && 'notes' in view ? view.notes : {};
      if (notes === shown) return;
      for (const [id, note] of expected) {
        if (!Object.hasOwn(notes, id) || Object.hasOwn(shown, id) || --note.unseen > 0) continue;
        expected.delete(id);
        note.seen();
      }
      shown = notes;
    });
    watchersByClaim[claim]!++;
    const joined = await watched.join();
    if (!joined.ok) throw new Error(`agent ${agent} may not watch ${watched.id}: ${joined.code}`);
  };
  const arrive = async (agent: number) => {
    const token = people ? await signIn(url, people[agent]!) : async () => '';
    clients.set(agent, connect({ url, token }));
    await Promise.all(scenario.watches(agent).map((claim) => watch(agent, claim)));
  };
  for (let next = 0; next < mine.length; next += loginsAtOnce)
    await Promise.all(mine.slice(next, next + loginsAtOnce).map(arrive));

  return {
    has: (agent) => clients.has(agent),
    expect: (claim, noteId, seen) =>
      void expectedByClaim[claim]!.set(noteId, { seen, unseen: watchersByClaim[claim]! }),
    room,
    get isEverythingSeen() {
      return expectedByClaim.every((expected) => expected.size === 0);
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
};
