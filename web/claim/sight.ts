/** What there is to see of a claim: the live room, and until it has answered what a plain request says. */
import type { Refusal } from '../../rooms/protocol.ts';
import type { App } from '../app.ts';
import type { AnyRoom } from '../live/live.ts';
import { isTree, type Tree } from '../view/shape.ts';

export interface ClaimSight {
  readonly view: Tree | null;
  readonly seat: string | null;
  readonly offers: readonly string[];
  readonly seq: number;
  readonly refusal: Refusal | undefined;
  /** What is shown is what the claim is now. */
  readonly isCurrent: boolean;
  close(): void;
}

export const createSight = ({ live, session }: App, room: AnyRoom, id: string, onChange: () => void): ClaimSight => {
  let first: {
    readonly view: Tree;
    readonly seat: string;
    readonly offers: readonly string[];
    readonly seq: number;
  } | null = null;
  const asking = new AbortController();
  // Joining tells at once that it has begun: only then is there somebody to tell.
  const release = live.hold(room.id);
  const stop = room.subscribe(onChange);

  // Where sockets do not get through, or not yet.
  if (!room.state.view)
    void session.get(`/api/claims/${id}`, asking.signal).then((answer) => {
      if (!answer.ok || room.state.view || asking.signal.aborted) return;
      first = answer.json;
      onChange();
    });
  const shown = () => (room.state.view ? room.state : room.state.status === 'refused' ? null : first);

  return {
    get view() {
      const view = shown()?.view;
      return isTree(view) ? view : null;
    },
    get seat() {
      return shown()?.seat ?? null;
    },
    get offers() {
      return shown()?.offers ?? [];
    },
    get seq() {
      return shown()?.seq ?? 0;
    },
    get refusal() {
      return room.state.refusal;
    },
    get isCurrent() {
      return room.state.status === 'joined';
    },
    close() {
      asking.abort();
      stop();
      release();
    },
  };
};
