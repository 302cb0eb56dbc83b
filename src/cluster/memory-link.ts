/** One node's end of a link to another: whether it is up, and which answers are awaited over it. */
import type { Clock, Timers } from '../runtime/ports.ts';
import type { LinkState } from './ports.ts';

export const silentMs = 2_000;

export interface Link {
  readonly state: LinkState;
  /** Monotonic; when it was opened if it never was heard. */
  readonly heardAt: number;
  /** Resolves with what `answered` is given for this number; rejects when the link goes down. */
  awaitAnswer(number: number): Promise<unknown>;
  answered(number: number, answer: unknown): void;
  /** A round trip came back. */
  heard(): void;
  /** The other side is gone for good. Whatever of it is still on its way counts no more. */
  close(): void;
}
interface Deps {
  readonly timers: Timers;
  readonly clock: Clock;
  tell(state: 'up' | 'down'): void;
}

export const createLink = ({ timers, clock, tell }: Deps): Link => {
  let state: LinkState = 'connecting';
  let heardAt = clock.monotonic();
  let isClosed = false;
  const awaited = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();

  const turn = (next: 'up' | 'down') => {
    if (state === next) return;
    state = next;
    if (next === 'down') {
      for (const { reject } of awaited.values()) reject(new Error('the link went down'));
      awaited.clear();
    }
    tell(next);
  };
  /** One timer per link that puts itself off: heartbeats need not set and cancel any. */
  const watch = () => {
    if (state === 'down') return;
    const left = heardAt + silentMs - clock.monotonic();
    // A fraction of a millisecond may be too little for the clock to move by.
    if (left > 0) timers.after(Math.max(left, 1), watch);
    else turn('down');
  };
  watch();

  return {
    get state() {
      return state;
    },
    get heardAt() {
      return heardAt;
    },
    awaitAnswer: (number) => new Promise((resolve, reject) => void awaited.set(number, { resolve, reject })),
    answered(number, answer) {
      awaited.get(number)?.resolve(answer);
      awaited.delete(number);
    },
    heard() {
      if (isClosed) return;
      heardAt = clock.monotonic();
      const wasDown = state === 'down';
      turn('up');
      if (wasDown) watch();
    },
    close() {
      isClosed = true;
      turn('down');
    },
  };
};
