/** What clients asked and were told, and what nodes sent them, written down as it happens: what the journal is held against. */
import { isDeepStrictEqual } from 'node:util';
import type { Client, Room, RoomState } from '../../client/index.ts';
import type { Caller } from '../../rooms/kit.ts';
import type { Ack, JoinAck, RoomPatch } from '../../rooms/protocol.ts';
import type { Ask } from '../../src/runtime/ports.ts';
import type { MemoryStore } from '../../src/store/memory-store.ts';
import type { Line as Asked } from '../faults/ledger.ts';
import type { Shown } from '../faults/watchers.ts';
import type { Person } from './people.ts';
import type { Scheduler } from './scheduler.ts';

/** Where a room's head stood in the database; 0/0 before there is one. */
export interface Standing {
  readonly epoch: number;
  readonly seq: number;
}
/** One asking. A command that is sent again deliberately, under the same id, is another line. */
export interface Line extends Asked {
  /** Whose page it was. */
  readonly client: string;
  /** Whatever happens meanwhile it can only be refused, with one of these. */
  readonly mustBeRefused?: readonly string[] | undefined;
  readonly stoodWhenSent: Standing;
  stoodWhenAnswered?: Standing;
  /** Its page was closed: nobody will learn the answer. */
  isAbandoned: boolean;
}
/** One message as a node sent it to a socket; what happens to it on the way is not its doing. */
export interface Message {
  readonly client: string;
  /** Whom the node took the socket to be. */
  readonly caller: Caller;
  readonly room: string;
  readonly message: RoomPatch | JoinAck;
  readonly at: number;
  readonly stood: Standing;
}
export interface Seen extends Shown {
  readonly offers: readonly string[];
}
/** One page in front of one claim. */
export interface Watching {
  readonly client: string;
  readonly who: string;
  readonly accountId: string;
  readonly room: { readonly id: string; readonly state: RoomState };
  /** In pieces: whoever was outside in between begins anew. */
  readonly stints: readonly Seen[][];
  /** They want to see it, and their page is open. */
  isWanted: boolean;
}
/** A page of somebody's. */
export interface Page {
  readonly key: string;
  readonly person: Person;
  readonly client: Client;
}

export interface Ledger {
  readonly lines: readonly Line[];
  /** What the system asked because of an event, and was refused for good. */
  readonly refusedReactions: readonly Line[];
  readonly messages: readonly Message[];
  readonly watchings: readonly Watching[];
  /** Commands of open pages without an answer. */
  readonly waiting: number;
  /** How often a command reached a node's door, and how often one node passed it on to another. */
  readonly copies: ReadonlyMap<string, { readonly received: number; readonly passedOn: number }>;
  copied(id: string, how: 'received' | 'passedOn'): void;
  /** Nothing waits for an answer, and nobody for a view. */
  readonly isQuiet: boolean;
  /** Written down before it is sent, and when it is answered. */
  send(
    page: Page,
    room: string,
    ask: { readonly id: string; readonly name: string; readonly input: object },
    mustBeRefused?: readonly string[],
  ): Promise<Ack>;
  /** What the system asks is written down if it is refused. */
  react(ask: Ask, send: (ask: Ask) => Promise<Ack>): Promise<Ack>;
  /** From now on what the page shows of this room is written down; the same watching for the same page and room. */
  watch(page: Page, room: string): Watching;
  /** For the network's side: call it at the moment a node sends `room:patch` or the answer to a join. */
  told(client: string, caller: Caller, room: string, message: RoomPatch | JoinAck): void;
  /** Before the client itself is closed. */
  closed(client: string): void;
}

export const createLedger = (parts: {
  readonly scheduler: Pick<Scheduler, 'now'>;
  readonly memory: Pick<MemoryStore, 'heads'>;
}): Ledger => {
  const { scheduler, memory } = parts;
  const lines: Line[] = [];
  const refusedReactions: Line[] = [];
  const messages: Message[] = [];
  const watchings = new Map<string, Watching>();
  const waiting = new Set<Line>();
  const copies = new Map<string, { received: number; passedOn: number }>();

  const standing = (room: string): Standing => {
    const { epoch, seq } = memory.heads.get(room) ?? { epoch: 0, seq: 0 };
    return { epoch, seq };
  };

  return {
    lines,
    refusedReactions,
    messages,
    copies,
    copied(id, how) {
      const counted = copies.get(id);
      if (counted) counted[how]++;
      else copies.set(id, { received: 0, passedOn: 0, [how]: 1 });
    },
    get watchings() {
      return [...watchings.values()];
    },
    get waiting() {
      return waiting.size;
    },
    get isQuiet() {
      if (waiting.size > 0) return false;
      for (const { isWanted, room } of watchings.values())
        if (isWanted && room.state.status !== 'joined' && room.state.status !== 'refused') return false;
      return true;
    },
    async send(page, room, ask, mustBeRefused) {
      const line: Line = {
        ...ask,
        room,
        by: { caller: page.person.caller },
        client: page.key,
        mustBeRefused,
        sentAt: scheduler.now,
        stoodWhenSent: standing(room),
        isAbandoned: false,
      };
      lines.push(line);
      waiting.add(line);
      const asked: Room = page.client.room(room);
      const answer = await asked.send(ask.name, ask.input, { id: ask.id });
      waiting.delete(line);
      // Not an answer of anybody's: the page itself gave up.
      if (!answer.ok && answer.code === 'closed') line.isAbandoned = true;
      else Object.assign(line, { answer, answeredAt: scheduler.now, stoodWhenAnswered: standing(room) });
      return answer;
    },
    async react(ask, send) {
      const { id, room, name, by } = ask;
      const input = ask.input as object;
      const sent = { sentAt: scheduler.now, stoodWhenSent: standing(room), isAbandoned: false };
      const answer = await send(ask);
      const answered = { answer, answeredAt: scheduler.now, stoodWhenAnswered: standing(room) };
      if (!answer.ok && answer.retry === 'no')
        refusedReactions.push({
          id,
          room,
          name,
          input,
          by: { caller: by },
          client: 'the system',
          ...sent,
          ...answered,
        });
      return answer;
    },
    watch(page, id) {
      const key = `${page.key} ${id}`;
      const known = watchings.get(key);
      if (known) return known;
      const room: Room = page.client.room(id);
      const { accountId, name } = page.person;
      const stints: Seen[][] = [];
      let isInside = false;
      const who = `${name} (${page.key}) at ${id}`;
      const watching: Watching = { client: page.key, who, accountId, room, stints, isWanted: false };
      room.subscribe(({ epoch, seq, seat, view, offers }) => {
        if (seat === null) {
          isInside = false;
          return;
        }
        if (!isInside) stints.push([]);
        isInside = true;
        const stint = stints.at(-1)!;
        const seen: Seen = { epoch, seq, seat, view, offers };
        if (!isSame(stint.at(-1), seen)) stint.push(seen);
      });
      watchings.set(key, watching);
      return watching;
    },
    told(client, caller, room, message) {
      messages.push({ client, caller, room, message, at: scheduler.now, stood: standing(room) });
    },
    closed(client) {
      for (const line of [...waiting].filter((open) => open.client === client)) {
        line.isAbandoned = true;
        waiting.delete(line);
      }
      for (const watching of watchings.values()) if (watching.client === client) watching.isWanted = false;
    },
  };
};

/** As when only the status changed, or the whole view came once more. */
const isSame = (last: Seen | undefined, next: Seen): boolean =>
  last !== undefined &&
  last.seq === next.seq &&
  last.epoch === next.epoch &&
  last.seat === next.seat &&
  (last.view === next.view || isDeepStrictEqual(last, next));
