/** One room as one client holds it: joins, stays joined, repairs what it missed. The rules of order are in `sight.ts`. */
import type { JoinAck, Refusal, RoomPatch, Sight, SignalMessage, Unseated } from '../rooms/protocol.ts';
import { closed } from './answers.ts';
import { retryMs } from './backoff.ts';
import type { Limits } from './limits.ts';
import { createListeners } from './listeners.ts';
import type { Outbox } from './outbox.ts';
import { type Step, settle, step } from './sight.ts';
import type { Time } from './time.ts';
import type { Joined, Room, RoomState, RoomStatus } from './types.ts';
import type { Wire } from './wire.ts';

/** The room for the page, and what the connection has to tell it. */
export interface RoomInside {
  readonly room: Room;
  patch(message: RoomPatch): void;
  signal(message: SignalMessage): void;
  down(): void;
  close(): void;
}

const left: Refusal = { ok: false, code: 'left', retry: 'no' };
const unseated: Refusal = { ok: false, code: 'not-found', retry: 'no' };
const sinceOf = ({ epoch, seq, seat }: Sight) => ({ epoch, seq, seat });
const isUnseated = (message: RoomPatch): message is Unseated => message.seat === null;

export interface RoomEdges {
  readonly id: string;
  readonly wire: Wire;
  readonly outbox: Outbox;
  readonly limits: Limits;
  readonly time: Time;
}

export const createRoom = ({ id, wire, outbox, limits, time }: RoomEdges): RoomInside => {
  const changes = createListeners<RoomState>();
  const signals = createListeners<SignalMessage>();
  let held: Sight | null = null;
  let shown: Sight | null = null;
  let state = stateOf('idle', null);
  let isWanted = false;
  let isClosed = false;
  /** The pursuit under way, 0 for none. An older one finds itself overtaken and ends. */
  let pursuit = 0;
  let pursuits = 0;
  /** What came while a pursuit was under way. */
  let early: RoomPatch[] = [];
  let wake = () => {};
  let waiting: ((outcome: Joined) => void)[] = [];

  /** Joins, as often as it takes, and then tells. */
  const pursue = (first: readonly RoomPatch[] = []) => {
    const mine = (pursuit = ++pursuits);
    early = [...first];
    wake();
    show(held ? 'stale' : 'joining');
    void attempts(mine);
  };

  async function attempts(mine: number) {
    let isFromNothing = false;
    for (let tries = 0; mine === pursuit; tries++) {
      await wire.up();
      if (mine !== pursuit) return;
      const reply: JoinAck = await wire.ask('room:join', {
        room: id,
        ...(held && !isFromNothing && { since: sinceOf(held) }),
      });
      // Left while the server was seating us: it may have heard the leaving first.
      if (!isWanted && reply.ok) void wire.ask('room:leave', { room: id });
      if (mine !== pursuit) return;
      if (!reply.ok && reply.retry !== 'same-id') return end('refused', reply);
      const settled: Step = reply.ok ? settle(held, reply) : 'old';
      isFromNothing = settled === 'hole';
      if (typeof settled === 'object') {
        held = settled;
        if (catchUp()) return arrive();
      }
      if (!wire.isUp) continue;
      const wished = reply.ok ? undefined : reply.retryAfterMs;
      await pause(retryMs(wished, tries, limits.retryMsMin, limits.retryMsMax, time.random()));
    }
  }

  /** False: ask once more. */
  function catchUp() {
    for (let message = early.shift(); message; message = early.shift()) {
      // Sent before the answer, so perhaps about the seat before: only the server knows who sits where now.
      if (isUnseated(message)) return false;
      const next = step(held!, message);
      if (next === 'hole') {
        early.unshift(message);
        return false;
      }
      if (next !== 'old') held = next;
    }
    return true;
  }

  function arrive() {
    pursuit = 0;
    const { seat, epoch, seq } = held!;
    show('joined');
    answer({ ok: true, seat, epoch, seq });
  }

  function end(status: 'idle' | 'refused', outcome: Refusal) {
    isWanted = false;
    pursuit = 0;
    held = null;
    early = [];
    wake();
    show(status, status === 'refused' ? outcome : undefined);
    answer(outcome);
  }

  function show(status: RoomStatus, refusal?: Refusal) {
    if (status === state.status && held === shown && !refusal) return;
    shown = held;
    state = stateOf(status, held, refusal);
    changes.tell(state);
  }

  function answer(outcome: Joined) {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(outcome);
  }

  function pause(ms: number) {
    return new Promise<void>((resolve) => {
      const cancel = time.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    room: {
      id,
      get state() {
        return state;
      },
      join: () =>
        new Promise((resolve) => {
          if (isClosed) return resolve(closed);
          if (state.status === 'joined')
            return resolve({ ok: true, seat: state.seat!, epoch: state.epoch, seq: state.seq });
          waiting.push(resolve);
          if (isWanted) return;
          isWanted = true;
          pursue();
        }),
      leave() {
        if (!isWanted && state.status === 'idle') return;
        void wire.ask('room:leave', { room: id });
        end('idle', left);
      },
      send: (name, input, options) => outbox.send(id, name, input, options?.id),
      subscribe: changes.add,
      signal(kind, data) {
        if (state.status === 'joined') wire.signal({ room: id, kind, data });
      },
      onSignal: signals.add,
    },
    patch(message) {
      if (!isWanted) return;
      if (pursuit) {
        // Too many to keep: without the older ones the newest is a hole, which asks again.
        if (early.length >= limits.patchesHeldMax) early = [];
        early.push(message);
        return;
      }
      if (isUnseated(message)) return end('refused', unseated);
      const next = step(held!, message);
      if (next === 'hole') return pursue([message]);
      if (next === 'old') return;
      held = next;
      show('joined');
    },
    signal: signals.tell,
    down() {
      if (isWanted) pursue();
    },
    close() {
      isClosed = true;
      end('idle', closed);
    },
  };
};

const stateOf = (status: RoomStatus, held: Sight | null, refusal?: Refusal): RoomState => ({
  status,
  ...(held ? { seat: held.seat, view: held.view } : { seat: null, view: null }),
  epoch: held?.epoch ?? 0,
  seq: held?.seq ?? 0,
  offers: held?.offers ?? [],
  ...(refusal && { refusal }),
});
