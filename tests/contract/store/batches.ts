/** Batches as the journal makes them, of rooms that are nobody's in particular. */
import { randomUUIDv7 } from 'node:crypto';
import type { Batch, EventRow } from '../../../src/runtime/ports.ts';

export const at = '2026-01-01T09:00:00.000Z';
export const hash = 'ab'.repeat(32);
const none = { rows: [], deadlinesSet: [], deadlinesCleared: [], jobs: [] };

const event = (room: string, seq: number, epoch: number, more: Partial<EventRow> = {}): EventRow => ({
  room,
  seq,
  epoch,
  type: 'paid',
  version: 1,
  dataJson: `{"amount":${seq}}`,
  byId: 'carl',
  bySeat: 'payer',
  at,
  commandId: randomUUIDv7(),
  commandHash: hash,
  correlationId: null,
  ...more,
});
/** One room's turn: events lo+1..lo+n under the given epoch. */
export const turn = (
  room: string,
  epoch: number,
  lo: number,
  n = 1,
  more: Partial<EventRow> = {},
): Pick<Batch, 'heads' | 'events'> => ({
  heads: [{ room, kind: 'till', epoch, lo, hi: lo + n, isNew: lo === 0 }],
  events: Array.from({ length: n }, (_, i) =>
    event(room, lo + i + 1, epoch, i === 0 ? more : { commandId: null, commandHash: null }),
  ),
});
export const batch = (...turns: Pick<Batch, 'heads' | 'events'>[]): Batch => ({
  owner: 'node-a',
  heads: turns.flatMap(({ heads }) => heads),
  events: turns.flatMap(({ events }) => events),
  ...none,
});
export const committed = (...rooms: string[]) => ({ kind: 'committed', rooms: new Set(rooms) });
