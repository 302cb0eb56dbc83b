/** Everybody's open pages: some only look, some only send, most do both. They are opened, turned to claims, and closed. */
import type { Client } from '../../client/index.ts';
import type { Chance } from './chance.ts';
import { weighed } from './claims.ts';
import type { Ledger, Page, Watching } from './ledger.ts';
import type { Person } from './people.ts';
import type { Scheduler } from './scheduler.ts';

/** A client as the simulator makes it, connected as that person. */
export interface NewClient {
  readonly client: Client;
  /** Unique; `ledger.told` is called with it. */
  readonly key: string;
  close(): void;
}
export interface OpenPage extends Page {
  readonly mayLook: boolean;
  readonly maySend: boolean;
  /** Of the clock from which its commands' ids are made. */
  readonly skewMs: number;
}
export interface Pages {
  readonly open: readonly OpenPage[];
  /** `maySend`: it must be one to send from. */
  add(person: Person, maySend?: boolean): OpenPage;
  close(page: OpenPage): void;
  /** To stay until `leave`: a page that is refused asks again now and then. */
  join(page: OpenPage, room: string): void;
  leave(page: OpenPage, room: string): void;
  /** What the page wants to show. */
  joined(page: OpenPage): readonly string[];
}

/** How long somebody stares at "no such claim" before they try again. */
const againMs = [1_500, 4_000] as const;
const skewMsMax = 2 * 60 * 60 * 1_000;

export const createPages = (edges: {
  readonly chance: Chance;
  readonly scheduler: Pick<Scheduler, 'after'>;
  readonly ledger: Ledger;
  newClient(person: Person): NewClient;
}): Pages => {
  const { chance, scheduler, ledger } = edges;
  const closing = new Map<OpenPage, () => void>();
  const watchings = new Map<OpenPage, Map<string, Watching>>();

  const tryAgainWhenRefused = (page: OpenPage, watching: Watching) => {
    const room = page.client.room(watching.room.id);
    room.subscribe(({ status }) => {
      if (status !== 'refused') return;
      scheduler.after(chance.between(...againMs), () => {
        if (watching.isWanted && room.state.status === 'refused') void room.join();
      });
    });
  };

  return {
    get open() {
      return [...closing.keys()];
    },
    add(person, maySend) {
      const { client, key, close } = edges.newClient(person);
      const habit = weighed(chance, [
        [{ mayLook: true, maySend: true }, 5],
        [{ mayLook: true, maySend: false }, 2],
        [{ mayLook: false, maySend: true }, 2],
      ] as const);
      const skewMs = chance.happens(0.2) ? chance.between(-skewMsMax, skewMsMax) : 0;
      const page: OpenPage = { key, person, client, ...habit, ...(maySend && { maySend }), skewMs };
      closing.set(page, close);
      watchings.set(page, new Map());
      return page;
    },
    close(page) {
      // First, so that what the client says while it ends is no answer.
      ledger.closed(page.key);
      const close = closing.get(page);
      closing.delete(page);
      close?.();
    },
    join(page, id) {
      const mine = watchings.get(page)!;
      let watching = mine.get(id);
      if (!watching) {
        mine.set(id, (watching = ledger.watch(page, id)));
        tryAgainWhenRefused(page, watching);
      }
      watching.isWanted = true;
      void page.client.room(id).join();
    },
    leave(page, id) {
      const watching = watchings.get(page)!.get(id);
      if (watching) watching.isWanted = false;
      page.client.room(id).leave();
    },
    joined: (page) => [...watchings.get(page)!.values()].filter(({ isWanted }) => isWanted).map(({ room }) => room.id),
  };
};
