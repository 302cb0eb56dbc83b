/** The client's wire, speaking to simulated nodes: comes back by the rules of client/wire.ts, and breaks when a test wants it to. */
import { lost } from '../../client/answers.ts';
import { backoffMs } from '../../client/backoff.ts';
import type { Limits } from '../../client/limits.ts';
import type { ReplyOf, RequestOf, Verb, Wire, WireEvents } from '../../client/wire.ts';
import type { Refusal, RoomPatch, SignalMessage } from '../../rooms/protocol.ts';
import type { CableEdges } from './cable.ts';
import type { Machine } from './machine.ts';
import { type Call, dial } from './sim-call.ts';
import type { Door } from './sim-door.ts';

export type { Accepted, Door, ServerSide } from './sim-door.ts';

export interface SimWireEdges extends CableEdges {
  /** The phone or the browser it runs on. */
  readonly client: Machine;
  /** What may be dialled now, whether or not anybody answers there. */
  readonly doors: () => readonly Door[];
  readonly events: WireEvents;
  readonly limits: Limits;
}
export interface SimWire extends Wire {
  /** The connection breaks, and both sides notice. */
  cut(): void;
  /** Nothing goes through any more, and nobody notices until an answer or the heartbeat fails to come. */
  silence(): void;
  /** To which it is connected, as far as it knows. */
  readonly node: string | null;
}

export const createSimWire = ({ client, doors, events, limits, ...edges }: SimWireEdges): SimWire => {
  const { chance } = edges;
  const { clock, timers } = client;
  let isClosed = false;
  let tries = 0;
  let upAt = 0;
  let call: Call | null = null;
  let cancelRetry = timers.after(0, () => connect());
  let waitingForUp: (() => void)[] = [];

  const connect = () => {
    const open = doors();
    if (open.length === 0) return tryAgain();
    call = dial({
      ...edges,
      client,
      door: chance.pick(open),
      answerMsMax: limits.answerMsMax,
      onUp() {
        upAt = clock.monotonic();
        events.onState({ status: 'connected' });
        releaseWaiting();
      },
      onEvent(event, message) {
        if (event === 'room:patch') events.onPatch(message as RoomPatch);
        else events.onSignal(message as SignalMessage);
      },
      onGone(wasUp) {
        if (wasUp && clock.monotonic() - upAt > limits.retryMsMax) tries = 0;
        tryAgain();
        if (wasUp) events.onDown();
      },
    });
  };
  const tryAgain = () => {
    call = null;
    cancelRetry = timers.after(backoffMs(tries++, limits.retryMsMin, limits.retryMsMax, chance.next()), connect);
    events.onState({ status: 'connecting' });
  };
  const releaseWaiting = () => {
    const waiting = waitingForUp;
    waitingForUp = [];
    for (const go of waiting) go();
  };
  const isUp = () => call?.isUp ?? false;

  return {
    get isUp() {
      return isUp();
    },
    get node() {
      return call?.isUp ? call.node : null;
    },
    up: () => (isUp() || isClosed ? Promise.resolve() : new Promise((resolve) => waitingForUp.push(resolve))),
    async ask<V extends Verb>(verb: V, request: RequestOf<V>) {
      return call?.isUp ? ((await call.ask(verb, request)) as ReplyOf<V> | Refusal) : lost;
    },
    signal(message) {
      if (call?.isUp) call.tell('room:signal', message);
    },
    close() {
      isClosed = true;
      cancelRetry();
      call?.hangUp();
      call = null;
      events.onState({ status: 'closed' });
      releaseWaiting();
    },
    cut: () => call?.cut(),
    silence: () => call?.silence(),
  };
};
