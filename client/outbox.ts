/** Commands on their way: in order per room, one at a time per room, the same id until there is a final answer. */
import type { Ack, Refusal } from '../rooms/protocol.ts';
import { closed } from './answers.ts';
import { retryMs } from './backoff.ts';
import { commandId } from './command-id.ts';
import type { Limits } from './limits.ts';
import type { Time } from './time.ts';
import type { Entry, OutboxStorage } from './types.ts';
import type { Wire } from './wire.ts';

interface Waiting {
  readonly entry: Entry;
  readonly saved: Promise<void>;
  readonly answer: Promise<Ack>;
  readonly settle: (ack: Ack) => void;
}

export interface Outbox {
  readonly size: number;
  send(room: string, name: string, input: unknown, id?: string): Promise<Ack>;
  close(): void;
}

const refuse = (code: string, details?: Refusal['details']): Refusal => ({
  ok: false,
  code,
  ...(details && { details }),
  retry: 'no',
});

export const createOutbox = (edges: {
  readonly wire: Wire;
  readonly storage?: OutboxStorage | undefined;
  readonly limits: Limits;
  readonly time: Time;
}): Outbox => {
  const { wire, storage, limits, time } = edges;
  const waitingById = new Map<string, Waiting>();
  const queuesByRoom = new Map<string, Waiting[]>();
  const pauses = new Set<() => void>();
  let isClosed = false;
  const loaded = load();
  // Whoever sends is told; without a sender nobody need be.
  loaded.catch(() => {});

  async function load() {
    if (!storage) return;
    const entries = await storage.load();
    if (isClosed) return;
    const older = entries
      .filter(({ id }) => !waitingById.has(id))
      .map(({ id, room, name, input }) => track({ id, room, name, input }, Promise.resolve()));
    for (const room of new Set(older.map(({ entry }) => entry.room))) {
      const theirs = older.filter(({ entry }) => entry.room === room);
      const queue = queuesByRoom.get(room);
      if (queue) queue.unshift(...theirs);
      else work(room, theirs);
    }
  }

  function track(entry: Entry, saved: Promise<void>): Waiting {
    let settle: Waiting['settle'] = () => {};
    const answer = new Promise<Ack>((resolve) => {
      settle = resolve;
    });
    saved.catch(() => {});
    const waiting = { entry, saved, answer, settle };
    waitingById.set(entry.id, waiting);
    return waiting;
  }

  function work(room: string, queue: Waiting[]) {
    queuesByRoom.set(room, queue);
    void (async () => {
      // What an earlier page left behind goes first.
      const isLoaded = await succeeds(loaded);
      for (let next = queue[0]; next && !isClosed; next = queue[0]) {
        const ack = isLoaded && (await succeeds(next.saved)) ? await deliver(next.entry) : refuse('outbox-failed');
        if (isClosed) return;
        queue.shift();
        waitingById.delete(next.entry.id);
        next.settle(ack);
        forget(next.entry.id);
      }
      queuesByRoom.delete(room);
    })();
  }

  /** Returns only with a final answer, or when closed. */
  async function deliver(entry: Entry): Promise<Ack> {
    for (let tries = 0; ; tries++) {
      await wire.up();
      if (isClosed) return closed;
      const ack = await wire.ask('room:command', entry);
      if (ack.ok || ack.retry !== 'same-id') return ack;
      // After a lost connection there is nothing to wait for but the next one.
      if (wire.isUp) await pause(retryMs(ack.retryAfterMs, tries, limits.retryMsMin, limits.retryMsMax, time.random()));
      if (isClosed) return closed;
    }
  }

  function pause(ms: number) {
    return new Promise<void>((resolve) => {
      const cancel = time.after(ms, () => {
        pauses.delete(end);
        resolve();
      });
      const end = () => {
        cancel();
        resolve();
      };
      pauses.add(end);
    });
  }

  /** If this fails the command is sent once more some day, and answered as the repeat it is. */
  function forget(id: string) {
    Promise.resolve()
      .then(() => storage?.remove(id))
      .catch(() => {});
  }

  return {
    get size() {
      return waitingById.size;
    },
    async send(room, name, input, id = commandId()) {
      if (isClosed) return closed;
      const json = toJson(input);
      if (json === null)
        return refuse('invalid', { issues: [{ path: 'input', message: 'cannot be written as JSON' }] });
      const known = waitingById.get(id);
      if (known) {
        const isSame = known.entry.room === room && known.entry.name === name && toJson(known.entry.input) === json;
        return isSame ? known.answer : refuse('command/id-reused');
      }
      if (waitingById.size >= limits.commandsWaitingMax) return refuse('outbox-full');
      // Taken as it is now: if the caller went on changing it, a retry would be another command under the same id.
      const entry: Entry = { id, room, name, input: json === undefined ? undefined : JSON.parse(json) };
      if (new TextEncoder().encode(JSON.stringify(entry)).length + 100 > limits.frameBytesMax) {
        return refuse('invalid', { issues: [{ path: 'input', message: `larger than ${limits.frameBytesMax} bytes` }] });
      }
      const waiting = track(entry, (async () => storage?.save(entry))());
      const queue = queuesByRoom.get(room);
      if (queue) queue.push(waiting);
      else work(room, [waiting]);
      return waiting.answer;
    },
    close() {
      isClosed = true;
      for (const end of pauses) end();
      for (const { settle } of waitingById.values()) settle(closed);
    },
  };
};

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  );

/** Undefined stays undefined; null says that it is no JSON. */
const toJson = (input: unknown): string | undefined | null => {
  try {
    return JSON.stringify(input);
  } catch {
    return null;
  }
};
