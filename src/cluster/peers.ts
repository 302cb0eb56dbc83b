/**
 * Speaking to other nodes, who may be slow, frozen, dead or cut off. An answer that is long in coming may mean a slow database
 * (wait) or a node that is gone (ask elsewhere): a ping tells which. A silent node becomes suspect; nothing of it is deleted,
 * it is only not chosen until it is heard again.
 */
import type { Limits } from '../limits.ts';
import type { Cancel, Clock, Meter, NodeId, Timers } from '../runtime/ports.ts';
import type { Mesh } from './ports.ts';
import type { Call, Notice } from './words.ts';

export interface Peers {
  /** Null: no answer. It may have been done, or not, or be done later. */
  ask(node: NodeId, call: Call): Promise<unknown>;
  tell(node: NodeId, notice: Notice): void;
  /** Silent, or its link is down. */
  isSuspect(node: NodeId): boolean;
  /** The link went down: whatever that node owned may be nobody's now. */
  onDown(tell: (node: NodeId) => void): void;
  close(): void;
}
interface Deps {
  readonly mesh: Mesh;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly limits: Limits;
}

export const createPeers = ({ mesh, clock, timers, meter, limits }: Deps): Peers => {
  /** Silent though their link is up, and the timer that asks them again. */
  const suspects = new Map<NodeId, Cancel>();
  const pings = new Map<NodeId, Promise<boolean>>();
  let isClosed = false;

  const heard = (node: NodeId) => {
    suspects.get(node)?.();
    suspects.delete(node);
  };
  const suspect = (node: NodeId) => {
    if (isClosed) return;
    if (!suspects.has(node)) meter.cluster('suspected');
    suspects.get(node)?.();
    // Asked again until it answers; a link that goes down and up is another beginning.
    suspects.set(
      node,
      timers.after(limits.meshPatienceMs, () => void ping(node)),
    );
  };

  const ping = (node: NodeId): Promise<boolean> => {
    const already = pings.get(node);
    if (already) return already;
    const answered = new Promise<boolean>((resolve) => {
      if (mesh.stateOf(node) !== 'up') return resolve(false);
      const cancel = timers.after(limits.meshPatienceMs, () => resolve(false));
      mesh.ask(node, { verb: 'ping' } satisfies Call).then(
        () => (cancel(), resolve(true)),
        () => (cancel(), resolve(false)),
      );
    }).then((isThere) => {
      pings.delete(node);
      if (isThere) heard(node);
      else if (mesh.stateOf(node) === 'up') suspect(node);
      else heard(node);
      return isThere;
    });
    pings.set(node, answered);
    return answered;
  };

  return {
    ask: (node, call) =>
      new Promise((resolve) => {
        if (mesh.stateOf(node) !== 'up') return resolve(null);
        let isOver = false;
        let cancel: Cancel = () => {};
        const until = clock.monotonic() + limits.meshAnswerMs;
        const end = (answer: unknown) => {
          isOver = true;
          cancel();
          resolve(answer);
        };
        const wait = () => {
          cancel = timers.after(limits.meshPatienceMs, () => {
            if (clock.monotonic() >= until) return end(null);
            void ping(node).then((isThere) => {
              if (isOver) return;
              if (isThere) wait();
              else end(null);
            });
          });
        };
        wait();
        mesh.ask(node, call).then(
          (answer) => {
            heard(node);
            if (!isOver) end(answer ?? null);
          },
          () => !isOver && end(null),
        );
      }),
    tell(node, notice) {
      if (mesh.stateOf(node) === 'up') mesh.tell(node, notice);
    },
    isSuspect: (node) => mesh.stateOf(node) === 'down' || suspects.has(node),
    onDown(tell) {
      mesh.onLink((node, state) => {
        heard(node);
        if (state === 'down') tell(node);
      });
    },
    close() {
      isClosed = true;
      for (const cancel of suspects.values()) cancel();
      suspects.clear();
    },
  };
};
