/** The one connection of a signed-in page, with the rooms it holds and the commands that have no answer yet. */
import { type Client, type ClientState, connect, type Entry, type Room } from '../../client/index.ts';
import type { Ack } from '../../rooms/protocol.ts';
import type { Session } from '../session/session.ts';
import { createOutboxStorage, memoryStorage } from './outbox-storage.ts';

export type AnyRoom = Room<string>;

export interface Live {
  readonly state: ClientState;
  /** Commands on their way, oldest first. */
  readonly waiting: readonly Entry[];
  room(id: string): AnyRoom;
  /** Somebody looks at this room. Leaves it when nobody has for a while: who goes back and forth need not join anew. */
  hold(id: string): () => void;
  /** Who is there, as last told: seats by account. */
  presentIn(id: string): Readonly<Record<string, string>>;
  close(): void;
  /** Forgets what was not sent: somebody signs out. */
  discard(): void;
}

const lingerMs = 10_000;
const lingeringMax = 60;

export const createLive = (
  session: Session,
  accountId: string,
  { onChange, onLateAnswer }: { onChange(): void; onLateAnswer(entry: Entry, ack: Ack): void },
): Live => {
  const outbox = createOutboxStorage(accountId, storage(), onChange);
  const left = outbox.entries();
  const client: Client = connect({ url: location.origin, token: session.token, outbox });
  const holders = new Map<string, number>();
  const present = new Map<string, Readonly<Record<string, string>>>();
  const lingering = new Map<string, ReturnType<typeof setTimeout>>();
  const room = (id: string) => client.room<string>(id);
  const leave = (id: string) => {
    clearTimeout(lingering.get(id));
    lingering.delete(id);
    present.delete(id);
    room(id).leave();
  };
  client.subscribe(onChange);
  const listening = new Set<string>();
  // Told when somebody comes or goes, and not again to a page that is opened later.
  const listen = (id: string) => {
    if (listening.has(id)) return;
    listening.add(id);
    room(id).onSignal(({ kind, data }) => {
      if (kind === 'presence') present.set(id, (data as { people?: Readonly<Record<string, string>> }).people ?? {});
    });
  };

  // What the last page left unanswered is sent by the client itself; sent once more under the same id, we hear the answer.
  for (const entry of left) {
    const { id, room: where, name, input } = entry;
    void room(where)
      .send(name, input, { id })
      .then((ack) => onLateAnswer(entry, ack));
  }

  return {
    get state() {
      return client.state;
    },
    get waiting() {
      return outbox.entries();
    },
    room,
    hold(id) {
      clearTimeout(lingering.get(id));
      lingering.delete(id);
      holders.set(id, (holders.get(id) ?? 0) + 1);
      listen(id);
      void room(id).join();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const others = (holders.get(id) ?? 1) - 1;
        if (others > 0) return void holders.set(id, others);
        holders.delete(id);
        // Whoever goes through many pages quickly must not come to sit in more rooms than a socket may.
        const [oldest] = lingering.keys();
        if (oldest !== undefined && lingering.size >= lingeringMax) leave(oldest);
        lingering.set(
          id,
          setTimeout(() => leave(id), lingerMs),
        );
      };
    },
    presentIn: (id) => present.get(id) ?? {},
    close: () => client.close(),
    discard: () => outbox.clear(),
  };
};

const storage = (): Storage => {
  try {
    return localStorage;
  } catch {
    return memoryStorage();
  }
};
