/** One node's access to the hints on the shared board. */
import type { ReachBoard } from './memory-board.ts';
import type { Hints, NodeId } from './ports.ts';

export const createMemoryHints = (self: NodeId, reachBoard: ReachBoard): Hints => ({
  find: (room) => reachBoard((board) => board.find(room)),
  note: (rooms) =>
    reachBoard((board) => {
      for (const { room, epoch } of rooms) board.note(room, { owner: self, epoch });
    }),
  drop: (rooms) =>
    reachBoard((board) => {
      for (const { room, epoch } of rooms) board.drop(room, { owner: self, epoch });
    }),
});
