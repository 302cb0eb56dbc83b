/** The connections of a replay: some send, others watch, so that what is seen has come another way than the answer. */
import { type Client, connect } from '../../client/index.ts';
import type { Ack, Refusal } from '../../rooms/protocol.ts';
import { bounds } from './bounds.ts';
import type { Step } from './steps.ts';

export type ClaimRoom = `claim/${string}`;
export interface View {
  readonly status: string;
  readonly coverage?: { readonly inQuestion: readonly string[] };
}
/** A claim on the screen of somebody who sends nothing. */
export interface Watch {
  join(): Promise<{ readonly ok: true } | Refusal>;
  /** Resolves with what is shown as soon as it satisfies, or with null after so long. */
  until(
    isMeant: (shown: { readonly seq: number; readonly view: View }) => boolean,
    msMax: number,
  ): Promise<View | null>;
  leave(): void;
}
export interface Desk {
  send(room: ClaimRoom, step: Step, id: string): Promise<Ack>;
  watch(room: ClaimRoom): Watch;
  /** Resolves, if ever, when the server will not have this login. */
  readonly refused: Promise<Refusal>;
  close(): void;
}

export const openDesk = (url: string, token: () => Promise<string>): Desk => {
  const open = (count: number) => Array.from({ length: count }, () => connect({ url, token }));
  const senders = open(bounds.senders);
  const watchers = open(bounds.watchers);
  const all = [...senders, ...watchers];
  const refused = new Promise<Refusal>((resolve) => {
    for (const client of all)
      client.subscribe(({ status, refusal }) => {
        if (status === 'refused' && refusal) resolve(refusal);
      });
  });
  return {
    // What is sent for one claim goes one way, and so stays in order.
    send: (room, step, id) => chosen(senders, room).room<string>(room).send(step.name, step.input, { id }),
    watch: (room) => watchOf(chosen(watchers, room), room),
    refused,
    close() {
      for (const client of all) client.close();
    },
  };
};

const chosen = (clients: readonly Client[], room: ClaimRoom): Client =>
  clients[Number.parseInt(room.slice(-6), 16) % clients.length]!;

const watchOf = (client: Client, id: ClaimRoom): Watch => {
  const room = client.room(id);
  return {
    join: () => room.join(),
    leave: () => room.leave(),
    until: (isMeant, msMax) =>
      new Promise((resolve) => {
        const look = () => {
          const { seq, view } = room.state;
          if (view && isMeant({ seq, view: view as View })) end(view as View);
        };
        const end = (view: View | null) => {
          clearTimeout(timer);
          unsubscribe();
          resolve(view);
        };
        const timer = setTimeout(() => end(null), msMax);
        const unsubscribe = room.subscribe(look);
        look();
      }),
  };
};
