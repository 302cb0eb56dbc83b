/** Everything a verdict rests on: the clients' ledger, the journal, the journal played again, and who people were meanwhile. */
import { type AnyRoom, type Caller, offers } from '../../rooms/kit.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { system } from '../../src/runtime/system.ts';
import type { MemoryStore } from '../../src/store/memory-store.ts';
import type { Event, Journal } from '../faults/journal.ts';
import { replayed, type Replayed } from '../faults/replayed.ts';
import type { Ledger, Line } from './ledger.ts';
import type { People } from './people.ts';

export interface Evidence {
  readonly ledger: Pick<Ledger, 'lines' | 'refusedReactions' | 'messages' | 'watchings' | 'copies'>;
  readonly memory: Pick<MemoryStore, 'heads' | 'events'>;
  readonly people: Pick<People, 'callers' | 'between'>;
  /** All faults are over, and long enough for everything to have been repaired. */
  readonly isHealed: boolean;
  /** So long after a change of roles a node may still go by the old ones. Default: for ever. */
  readonly callerLagMs?: number;
}
export interface Checked extends Evidence {
  readonly lines: readonly Line[];
  readonly journal: Journal;
  /** Of every room that somebody asked for or that is in the journal. */
  readonly states: ReadonlyMap<string, Replayed>;
  /** In front of one claim without a break, as `shownIsTrue` takes them. */
  readonly watchings: readonly {
    readonly who: string;
    readonly room: { readonly id: string };
    readonly shown: Ledger['watchings'][number]['stints'][number];
  }[];
  /** As whom the command may have been decided. */
  callersOf(line: Line): readonly Caller[];
}
export type Faults = Generator<string, void>;
export const room: AnyRoom = claimRoom;

export const prepare = (evidence: Evidence): Checked => {
  const { ledger, memory, people, callerLagMs = Infinity } = evidence;
  const { lines } = ledger;
  const journal = journalOf(memory);
  const callersOf = ({ by: { caller }, sentAt, answeredAt = Infinity }: Line) =>
    caller === system ? [system] : people.between(caller.accountId, sentAt - callerLagMs, answeredAt);
  const asked = Map.groupBy(
    lines.flatMap((line) => callersOf(line).map((by) => ({ id: line.id, by, name: line.name, input: line.input }))),
    ({ id }) => id,
  );
  const rooms = [
    ...journal.events.keys(),
    ...lines.map((line) => line.room),
    ...ledger.watchings.map((watching) => watching.room.id),
  ];
  const states = new Map([...new Set(rooms)].map((id) => [id, replayed(id, journal.events.get(id) ?? [], asked)]));
  const watchings = ledger.watchings.flatMap(({ who, room: { id }, stints }) =>
    stints.map((shown) => ({ who, room: { id }, shown })),
  );
  return { ...evidence, lines, journal, states, watchings, callersOf };
};

const journalOf = ({ heads, events }: Evidence['memory']): Journal => {
  const isClaim = (id: string) => id.startsWith('claim/');
  return {
    heads: new Map(
      [...heads].filter(([id]) => isClaim(id)).map(([id, { epoch, seq }]) => [id, { room: id, epoch, seq }]),
    ),
    events: new Map(
      [...events]
        .filter(([id]) => isClaim(id))
        .map(([id, rows]) => [
          id,
          rows.map(({ seq, epoch, type, dataJson, byId, bySeat, at, commandId }): Event => {
            const data = JSON.parse(dataJson) as Event['data'];
            return { room: id, seq, epoch, type, data, byId, bySeat, at, commandId };
          }),
        ]),
    ),
  };
};

/** Where somebody sits in the claim at this seq; null, too, while it does not exist. */
export const seatAt = ({ states }: Replayed, seq: number, caller: Caller): string | null => {
  const state = states[seq];
  return state && seq > 0 ? (room.seat(state, caller) as string | null) : null;
};
export const offersAt = ({ states }: Replayed, seq: number, seat: string): readonly string[] =>
  offers(room, states[seq]!, seat);
