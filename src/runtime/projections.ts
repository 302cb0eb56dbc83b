/** Lists kept beside the rooms of one kind: one row per room, a pure function of the room's state. */
import type { AnyRoom } from '../../rooms/kit.ts';
import type { ProjectionRow } from './ports.ts';

export interface Projection {
  readonly name: string;
  /** The kind of room. */
  readonly of: string;
  /** Raised when its rows hold something else: those of all rooms are then written anew. */
  readonly version: number;
  row(
    state: unknown,
    about: { readonly room: string; readonly at: string; readonly seq: number },
  ): Readonly<Record<string, unknown>>;
}

/** The rows of a room in a state, in every list of its kind. */
export const rowsOf = (projections: readonly Projection[]) => {
  const byKind = Map.groupBy(projections, ({ of }) => of);
  const none: readonly ProjectionRow[] = [];
  return (room: AnyRoom, id: string, state: unknown, stamp: { at: string; seq: number }): readonly ProjectionRow[] =>
    byKind
      .get(room.kind)
      ?.map(({ name, row }) => ({ room: id, projection: name, row: row(state, { room: id, ...stamp }) })) ?? none;
};

/** Nothing in the list changes. Its rows hold plain values. */
export const isSameRow = ({ row }: ProjectionRow, before: ProjectionRow | undefined): boolean =>
  before !== undefined && Object.keys(row).every((column) => row[column] === before.row[column]);
