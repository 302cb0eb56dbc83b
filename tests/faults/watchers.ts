/** People who look at claims all the while, and write down everything they were shown. Nobody helps them to reconnect. */
import { isDeepStrictEqual } from 'node:util';
import { connect, type Room } from '../../client/index.ts';
import type { People, Person } from './people.ts';
import { comesTrue } from './until.ts';

export interface Shown {
  readonly epoch: number;
  readonly seq: number;
  readonly seat: string;
  readonly view: object;
}
/** One person in front of one claim. */
export interface Watching {
  readonly who: string;
  readonly room: Room<'claim'>;
  readonly shown: readonly Shown[];
  /** What they look at is what they get when they ask over REST. */
  hasConverged(): Promise<boolean>;
}

const claimsEach = 2;

export const newWatchers = async (url: string, people: People, rooms: readonly `claim/${string}`[], count: number) => {
  const clients = Array.from({ length: count }, (_, n) => {
    const person = people.agents[n % people.agents.length]!;
    return { person, client: connect({ url, token: person.token }) };
  });
  const watchings = clients.flatMap(({ person, client }, n) =>
    Array.from({ length: claimsEach }, (_, i) => {
      const room = client.room(rooms[(n + i) % rooms.length]!);
      return watch(`watcher ${n} of ${room.id}`, room, person, url);
    }),
  );
  for (const outcome of await Promise.all(watchings.map(({ room }) => room.join())))
    if (!outcome.ok) throw new Error(`A claim could not be joined: ${outcome.code}`);

  return {
    watchings,
    get areJoined() {
      return watchings.every(({ room }) => room.state.status === 'joined');
    },
    /** Milliseconds until everyone's view is right, or null if it was not in time. */
    async converge(withinMs: number): Promise<number | null> {
      const since = performance.now();
      const all = await Promise.all(watchings.map((watching) => comesTrue(watching.hasConverged, withinMs)));
      return all.every(Boolean) ? Math.round(performance.now() - since) : null;
    },
    close() {
      for (const { client } of clients) client.close();
    },
  };
};
export type Watchers = Awaited<ReturnType<typeof newWatchers>>;

const watch = (who: string, room: Room<'claim'>, person: Person, url: string): Watching => {
  const shown: Shown[] = [];
  room.subscribe(({ epoch, seq, seat, view }) => {
    if (seat === null) return;
    const last = shown.at(-1);
    // The whole view once more, as after a reload: nothing new is shown.
    if (last && isDeepStrictEqual(last, { epoch, seq, seat, view })) return;
    shown.push({ epoch, seq, seat, view });
  });
  return {
    who,
    room,
    shown,
    async hasConverged() {
      const claim = await ask(`${url}/api/claims/${room.id.slice('claim/'.length)}`, await person.token());
      const { status, epoch, seq, seat, view } = room.state;
      return status === 'joined' && isDeepStrictEqual({ epoch, seq, seat, view }, claim);
    },
  };
};

/** Null when there is no answer: the server may be on its way up. */
const ask = async (url: string, token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(2_000) }).catch(() => null);
  if (!response?.ok) return null;
  const { epoch, seq, seat, view } = (await response.json()) as Shown;
  return { epoch, seq, seat, view };
};
