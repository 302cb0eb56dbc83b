/** One of the demo's people at their page: signed in, on a socket of their own, with one claim open at a time. */
import { type Client, connect, type Room } from '../../../client/index.ts';
import type { Ack } from '../../../rooms/protocol.ts';
import type { Act, Colleague } from './act.ts';
import type { Glance } from './choose.ts';
import { createSignIn } from './sign-in.ts';

export interface Person extends Colleague {
  get(path: string): Promise<unknown>;
  /** Opens the claim and says what they see of it; null: nothing, or no answer came. */
  look(id: string): Promise<Glance | null>;
  /** Null: no answer came. */
  send(id: string, act: Act): Promise<Ack | null>;
  /** The same of any other room. */
  ask(room: string, name: string, input: object): Promise<Ack | null>;
  /** For good. Whatever waits for an answer gets none. */
  close(): void;
}

interface Edges {
  readonly url: string;
  /** Without an answer for so long they sign in anew. */
  readonly answerMsMax: number;
  /** Ends requests that are under way. */
  readonly signal: AbortSignal;
}

export const createPerson = (colleague: Colleague, { url, answerMsMax, signal }: Edges): Person => {
  let client: Client | undefined;
  let open: Room<'claim'> | undefined;

  const request = async (path: string, init: RequestInit): Promise<unknown> => {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]);
    const response = await fetch(url + path, { ...init, signal: patience });
    if (response.status === 401) signOut();
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return JSON.parse(text);
  };
  const post = (path: string, body: object) =>
    request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const session = createSignIn({ post, now: Date.now, ...colleague });

  const signOut = () => {
    session.forget();
    open = undefined;
    client?.close();
    client = undefined;
  };
  const page = (): Client => {
    if (client) return client;
    const made = connect({ url, token: session.token });
    // A session the server will not have, e.g. because its key has changed: the next look begins a new one.
    made.subscribe(({ status }) => {
      if (status === 'refused' && made === client) signOut();
    });
    client = made;
    return made;
  };
  const inTime = async <T>(answer: Promise<T>): Promise<T | null> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, answerMsMax, null);
    });
    const first = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
    if (first === null) signOut();
    return first;
  };
  const room = (id: string) => page().room(`claim/${id}`);

  return {
    ...colleague,
    get: async (path) => request(path, { headers: { authorization: `Bearer ${await session.token()}` } }),
    async look(id) {
      if (signal.aborted) return null;
      // Joined anew each time: what it shows is then no older than any command that was answered.
      open?.leave();
      open = room(id);
      const claim = open;
      const joined = await inTime(claim.join());
      const { seat, view, offers } = claim.state;
      return joined?.ok && seat !== null ? { seat, view, offers } : null;
    },
    async send(id, { name, input }) {
      return signal.aborted ? null : inTime(room(id).send(name, input as never));
    },
    async ask(where, name, input) {
      return signal.aborted ? null : inTime(page().room(where).send(name, input));
    },
    close: signOut,
  };
};
