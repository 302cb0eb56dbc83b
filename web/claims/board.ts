/** The claims board: how many claims stand at each status. It also tells that there is a claim the list does not show yet. */
import type { Live } from '../live/live.ts';
import { isTree } from '../view/shape.ts';

export interface Counts {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly total: number;
}

export const createBoard = (live: Live, onChange: () => void) => {
  let counts: Counts | null = null;
  let release: (() => void) | null = null;
  const room = live.room('board/claims');
  room.subscribe(({ view }) => {
    if (!isTree(view) || !isTree(view['byStatus'])) return;
    const isFirst = counts === null;
    counts = view as unknown as Counts;
    if (!isFirst || release) onChange();
  });

  return {
    get counts() {
      return counts;
    },
    look() {
      release ??= live.hold('board/claims');
    },
    rest() {
      release?.();
      release = null;
    },
  };
};
