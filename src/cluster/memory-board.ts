/** The board that the nodes of one process share: who is at work, and who said what of which room. Both lapse unless said again. */
import type { Hint, NodeId } from './ports.ts';

export const memberLapseMs = 6_000;
export const hintLapseMs = 60_000;

export interface MemoryBoard {
  renew(node: NodeId): void;
  remove(node: NodeId): void;
  members(): NodeId[];
  find(room: string): Hint | null;
  note(room: string, hint: Hint): void;
  drop(room: string, hint: Hint): void;
  clear(): void;
}
/** Reaches the board for one node, or rejects. */
export type ReachBoard = <T>(run: (board: MemoryBoard) => T) => Promise<T>;

/** `now` never jumps: the board measures by its own clock, whatever the nodes' clocks say. */
export const createMemoryBoard = (now: () => number): MemoryBoard => {
  const members = new Map<NodeId, number>();
  const hints = new Map<string, { readonly hint: Hint; readonly until: number }>();

  const held = (room: string): Hint | null => {
    const found = hints.get(room);
    return found && found.until > now() ? found.hint : null;
  };
  /** A hint said again goes to the end of the map, so those that lapse first come first. */
  const sweep = () => {
    for (const [room, { until }] of hints) {
      if (until > now()) return;
      hints.delete(room);
    }
  };

  return {
    renew: (node) => void members.set(node, now() + memberLapseMs),
    remove: (node) => void members.delete(node),
    members() {
      for (const [node, until] of members) if (until <= now()) members.delete(node);
      return [...members.keys()];
    },
    find: held,
    note(room, hint) {
      sweep();
      if ((held(room)?.epoch ?? 0) > hint.epoch) return;
      hints.delete(room);
      hints.set(room, { hint, until: now() + hintLapseMs });
    },
    drop(room, { owner, epoch }) {
      const found = held(room);
      if (found?.owner === owner && found.epoch === epoch) hints.delete(room);
    },
    clear() {
      members.clear();
      hints.clear();
    },
  };
};
