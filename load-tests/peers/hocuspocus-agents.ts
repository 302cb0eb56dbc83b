/** The client process for Hocuspocus: its own client, one connection per agent, one document for each claim they have open. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { type Array as List, Doc } from 'yjs';
import { serveAgents } from '../client-process.ts';
import { agentsOf, type CreateCrowd, type Note } from '../crowd.ts';
import { createExpectations } from './expectations.ts';

const notesShown = 20;

interface Open {
  readonly doc: Doc;
  readonly notes: List<Note>;
  /** In the order in which they were written, which is the order in which the server answers. */
  readonly unanswered: (() => void)[];
}

const createCrowd: CreateCrowd = async (work, order) => {
  const { url, claims } = order;
  const opened = new Map<number, Map<number, Open>>();
  const closing: (() => void)[] = [];
  const expectations = createExpectations(claims.length);
  const watchersOf = (claim: number) => [...opened].flatMap(([agent, its]) => (its.has(claim) ? [agent] : []));

  const open = async (agent: number, claim: number, websocketProvider: HocuspocusProviderWebsocket) => {
    const doc = new Doc();
    const notes = doc.getArray<Note>('notes');
    const unanswered: (() => void)[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const provider = new HocuspocusProvider({
      websocketProvider,
      name: claims[claim]!,
      document: doc,
      onSynced: () => resolve(),
      onUnsyncedChanges({ number }) {
        while (unanswered.length > number) unanswered.shift()!();
      },
    });
    provider.attach();
    await promise;
    // The one who writes has it at once, and the others when the server has passed it on.
    notes.observe((event) => {
      const added = new Set(event.changes.delta.flatMap(({ insert = [] }) => (insert as Note[]).map(({ id }) => id)));
      expectations.told(claim, agent, (id) => added.has(id));
    });
    opened.get(agent)!.set(claim, { doc, notes, unanswered });
    closing.push(() => provider.destroy());
  };
  for (const agent of agentsOf(work, order)) {
    opened.set(agent, new Map());
    const socket = new HocuspocusProviderWebsocket({
      url: url.replace('http', 'ws'),
      WebSocketPolyfill: WebSocket,
    });
    closing.push(() => socket.destroy());
    await Promise.all(work.watches(agent).map((claim) => open(agent, claim, socket)));
  }

  return {
    has: (agent) => opened.has(agent),
    write(agent, claim, note, { acked, seen }) {
      const { doc, notes, unanswered } = opened.get(agent)!.get(claim)!;
      expectations.expect(claim, note.id, watchersOf(claim), seen);
      unanswered.push(() => acked({ ok: true, epoch: 1, seq: 0 }, performance.now()));
      doc.transact(() => {
        notes.push([{ ...note }]);
        if (notes.length > notesShown) notes.delete(0, notes.length - notesShown);
      });
    },
    get isEverythingSeen() {
      return expectations.isEverythingSeen;
    },
    counts: expectations.counts,
    close() {
      for (const close of closing.reverse()) close();
    },
  };
};

serveAgents(() => createCrowd);
