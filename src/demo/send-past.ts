/** Sends the demo's past into the rooms: by a node of its own, whose clock stands at each step's time while the step takes its turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import { claimRoom } from '../../rooms/claim/room.ts';
import { type AnyRoom, commandOf } from '../../rooms/kit.ts';
import { rooms as register } from '../../rooms/index.ts';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import { createNode } from '../cluster/node.ts';
import type { Limits } from '../limits.ts';
import { counted } from '../read/counted.ts';
import { projections } from '../read/lists.ts';
import type { RoomsApi } from '../runtime/api.ts';
import type { Clock, FactReader, Log, Store, Timers } from '../runtime/ports.ts';
import type { Step } from './past/telling.ts';

export interface SendPastDeps {
  readonly store: Store;
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  readonly log: Log;
  /** Ends it between two steps; what is done is kept. */
  readonly signal?: AbortSignal;
}

/** Steps on their way at once. Each batch of the journal takes what has gathered. */
const underWayMax = 200;
const triesMax = 20;

/** In the order of time. What a first attempt has done already is answered as done. `onClaim`: so many claims are begun. */
export const sendPast = async (deps: SendPastDeps, steps: readonly Step[], onClaim: (count: number) => void) => {
  const { signal } = deps;
  let now = 0;
  const clock: Clock = { now: () => now, monotonic: deps.clock.monotonic };
  const node = createNode({
    ...deps,
    clock,
    cluster: createMemoryCluster({ isSolo: true }).join('demo', deps.timers, clock),
    register,
    boards: [],
    counted,
    projections,
    // What follows from a step is told in the story; what falls due as well, so the node is never started.
    reactions: [],
    tell: { toSeat() {}, toWatcher() {}, seat() {}, signal() {} },
    meter: { command() {}, batch() {}, activated() {}, fenced() {}, patch() {}, cluster() {} },
    random: Math.random,
  });
  const begun = new Set<string>();
  const underWay: Promise<void>[] = [];
  try {
    for (const step of steps) {
      signal?.throwIfAborted();
      now = Date.parse(step.at);
      const isFirst = !begun.has(step.room);
      const done = sent(node.rooms, step);
      // A room in memory takes its turn within `send`; what must be looked up before takes until then.
      if (isFirst || commandOf(claimRoom as AnyRoom, step.name)?.facts) await done;
      else underWay.push(done);
      // A refusal is told where it is waited for.
      done.catch(() => {});
      if (underWay.length === underWayMax) await Promise.all(underWay.splice(0));
      if (isFirst) onClaim(begun.add(step.room).size);
    }
    await Promise.all(underWay);
  } finally {
    await Promise.allSettled(underWay);
    await node.stop();
  }
};

/** A slow disk is waited for; a no is a fault of the story, or of whoever changed it between two starts. */
const sent = async (rooms: RoomsApi, step: Step) => {
  for (let tries = 1; ; tries++) {
    const ack = await rooms.send(step);
    if (ack.ok) return;
    if (ack.retry !== 'same-id' || tries === triesMax) {
      const { room, name, at } = step;
      const about = `${ack.code} ${JSON.stringify(ack.details ?? {})}`;
      throw new Error(`the demo’s ${name} of ${room} at ${at} was refused: ${about}`);
    }
    await sleep(ack.retryAfterMs);
  }
};
