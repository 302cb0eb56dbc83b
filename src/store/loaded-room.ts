/** From a row of `load-sql` to the runtime's words. */
import type { Remembered, StoredEvent, StoredRoom } from '../runtime/ports.ts';
import type { Codec } from './codec.ts';

export interface LoadedRow {
  readonly epoch: string;
  readonly seq: string;
  readonly snapshot_seq: string | null;
  readonly snapshot_version: number;
  readonly snapshot_state: unknown;
  readonly snapshot_at: Date;
  readonly tail: readonly [number, string, number, unknown, string, string, string][] | null;
  readonly remembered: readonly [string, string, string, number, number][] | null;
}

export const loadedRoom = (room: string, row: LoadedRow, codec: Codec): StoredRoom => ({
  epoch: Number(row.epoch),
  seq: Number(row.seq),
  snapshot:
    row.snapshot_seq === null
      ? null
      : {
          seq: Number(row.snapshot_seq),
          version: row.snapshot_version,
          state: codec.open(room, row.snapshot_state),
          at: row.snapshot_at.toISOString(),
        },
  tail: (row.tail ?? []).map(([seq, type, version, data, by_id, by_seat, at]) =>
    loadedEvent(room, { seq, type, version, data, by_id, by_seat, at }, codec),
  ),
  remembered: (row.remembered ?? []).map(
    ([id, hash, byId, epoch, seq]): Remembered => ({ id, hash, byId, epoch, seq }),
  ),
});

export interface EventRecord {
  readonly seq: number | string;
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
  readonly by_id: string;
  readonly by_seat: string;
  readonly at: Date | string;
}
export const loadedEvent = (room: string, event: EventRecord, codec: Codec): StoredEvent => ({
  seq: Number(event.seq),
  type: event.type,
  version: event.version,
  data: codec.open(room, event.data),
  byId: event.by_id,
  bySeat: event.by_seat,
  at: new Date(event.at).toISOString(),
});

/** False when events that the head counts are not among those read: the read began before an append it then waited for. */
export const isWhole = ({ seq, snapshot, tail }: StoredRoom): boolean =>
  (tail.at(-1)?.seq ?? snapshot?.seq ?? 0) === seq;
