/**
 * Writes the list rows and deadlines of every room anew, from the rooms themselves, while they live on: after a release that
 * keeps more of them than the one before, or by `claimroom rebuild`. A room that changes meanwhile is read again.
 */
import type { AnyRoom } from '../../rooms/kit.ts';
import type { Limits } from '../limits.ts';
import type { DeadlineRow, Head, Log, ProjectionRow, Store } from './ports.ts';
import { type Projection, rowsOf } from './projections.ts';
import { replay } from './replay.ts';

export interface Progress {
  readonly version: string;
  /** The last room that was done; null: all of them. */
  readonly reached: string | null;
}
interface Found {
  readonly room: string;
  /** Names of those that are kept for it. */
  readonly deadlines: readonly string[];
}
interface Turn {
  readonly head: Head;
  readonly rows: readonly ProjectionRow[];
  readonly due: readonly DeadlineRow[];
  readonly over: readonly Omit<DeadlineRow, 'at'>[];
}
export interface RebuildShelf {
  /** In order of their ids. */
  roomsAfter(kind: string, after: string | null, limit: number): Promise<readonly Found[]>;
  progress(kind: string): Promise<Progress | null>;
  keep(kind: string, progress: Progress): Promise<void>;
}

interface Deps {
  readonly register: Readonly<Record<string, AnyRoom>>;
  readonly projections: readonly Projection[];
  readonly store: Pick<Store, 'read' | 'append'>;
  readonly shelf: RebuildShelf;
  readonly log: Log;
  readonly limits: Pick<Limits, 'rebuildRoomsAtOnce' | 'rebuildTriesMax'>;
  /** Of rooms read so far. */
  onProgress?(kind: string, rooms: number): void;
}

/** `isForced`: also what was done before. Resolves to the number of rooms written, or of those until `isStopped`. */
export const rebuild = async (
  { register, projections, store, shelf, log, limits, onProgress }: Deps,
  { isForced = false, isStopped = () => false }: { isForced?: boolean; isStopped?(): boolean } = {},
): Promise<number> => {
  const rowsFor = rowsOf(projections);

  /** A turn in which nothing happens: the fence lets it through only while the room stands where it was read. */
  const turnOf = async (declared: AnyRoom, { room, deadlines }: Found): Promise<Turn | null> => {
    try {
      const stored = await store.read(room);
      if (!stored) return null;
      const { epoch, seq } = stored;
      const { state, at } = replay(declared, stored);
      const due = (declared.deadlines?.(state) ?? []).map(({ name, at: on }) => ({ room, name, at: on }));
      const isDue = new Set(due.map(({ name }) => name));
      return {
        head: { room, kind: declared.kind, epoch, lo: seq, hi: seq, isNew: false },
        rows: rowsFor(declared, room, state, { at, seq }),
        due,
        over: deadlines.filter((name) => !isDue.has(name)).map((name) => ({ room, name })),
      };
    } catch (error) {
      // One that cannot be read must not keep the others from it.
      log.error({ room, error: String(error) }, 'a room could not be rebuilt');
      return null;
    }
  };

  /** Those that are to be tried again: they have changed since they were read. */
  const write = async (declared: AnyRoom, rooms: readonly Found[]): Promise<readonly Found[]> => {
    const turns = (await Promise.all(rooms.map((found) => turnOf(declared, found)))).filter((turn) => turn !== null);
    if (turns.length === 0) return [];
    const appended = await store.append({
      owner: '',
      heads: turns.map(({ head }) => head),
      events: [],
      rows: turns.flatMap(({ rows }) => rows),
      deadlinesSet: turns.flatMap(({ due }) => due),
      deadlinesCleared: turns.flatMap(({ over }) => over),
      jobs: [],
    });
    const { rooms: done } = appended.kind === 'committed' ? appended : { rooms: new Set() };
    const isOpen = new Set(turns.map(({ head }) => head.room).filter((room) => !done.has(room)));
    if (appended.kind === 'refused' && rooms.length > 1)
      return (await Promise.all(rooms.map((found) => write(declared, [found])))).flat();
    if (appended.kind === 'refused') log.error({ room: rooms[0]!.room, ...appended }, 'a room could not be rebuilt');
    return appended.kind === 'refused' ? [] : rooms.filter(({ room }) => isOpen.has(room));
  };

  const writeAll = async (declared: AnyRoom, page: readonly Found[]) => {
    let left = page;
    for (let tries = 0; left.length > 0 && tries < limits.rebuildTriesMax; tries++) left = await write(declared, left);
    for (const { room } of left) log.warn({ room }, 'a room was too busy to be rebuilt');
  };

  let written = 0;
  for (const declared of Object.values(register)) {
    const { kind } = declared;
    const version = versionOf(declared, projections);
    const before = await shelf.progress(kind);
    const isSame = before?.version === version && !isForced;
    if (isSame && before.reached === null) continue;
    let reached = isSame ? before.reached : null;
    for (let page; !isStopped(); ) {
      page = await shelf.roomsAfter(kind, reached, limits.rebuildRoomsAtOnce);
      await writeAll(declared, page);
      written += page.length;
      const isLast = page.length < limits.rebuildRoomsAtOnce;
      reached = isLast ? null : page.at(-1)!.room;
      await shelf.keep(kind, { version, reached });
      onProgress?.(kind, written);
      if (isLast) break;
    }
  }
  return written;
};

/** Changes with what is written: raise the version of a list or of a room when it holds or keeps something else. */
const versionOf = ({ kind, version }: AnyRoom, projections: readonly Projection[]): string =>
  [
    `room ${version}`,
    ...projections.filter(({ of }) => of === kind).map((list) => `${list.name} ${list.version}`),
  ].join(', ');
