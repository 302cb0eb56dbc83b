/**
 * A command's way through this node: counted in, prepared if something must be looked up, given its turn, answered once.
 * When a write is lost its commands come back here, and are tried once more before their callers are bothered.
 */
import { type AnyRoom, type Context, commandOf, seatFor } from '../../rooms/kit.ts';
import type { Ack, Refusal } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import { commandHash } from './command-hash.ts';
import type { Broken } from './gate.ts';
import type { Failure, Memory } from './memory.ts';
import type { Ask, Clock, FactReader, Log, Meter, Store, Timers } from './ports.ts';
import { again, refusal, repeated, type Waiting } from './waiting.ts';

interface Deps {
  declaredOf(id: string): AnyRoom | Refusal;
  readonly memory: Memory;
  readonly facts: Readonly<Record<string, FactReader>>;
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly meter: Meter;
  readonly log: Log;
  readonly limits: Limits;
  /** A defect in a room's code: its memory cannot be trusted any more. */
  onDefect(room: ActiveRoom): void;
}
export interface Commands {
  send(ask: Ask): Promise<Ack>;
  tryAgain(waiting: Waiting, why: Broken): void;
  /** The room would refuse it, but does not remember far enough back to know that it never did it. */
  lookUp(waiting: Waiting): void;
  isWaitedFor(room: string): boolean;
  /** From now on every new command is told to come back. Resolves when all others are answered, or time is up. */
  close(): Promise<boolean>;
  readonly isClosed: boolean;
  readonly waiting: number;
}

const noFacts = {} as Context['facts'];

interface Prepared {
  readonly room: ActiveRoom;
  /** Which its facts were asked about. */
  readonly state: ActiveRoom['state'];
  readonly facts: Context['facts'];
}

export const createCommands = (deps: Deps): Commands => {
  const { declaredOf, memory, store, clock, timers, meter, log, limits } = deps;
  const waitingByRoom = new Map<string, number>();
  let waitingInAll = 0;
  let isClosed = false;
  const onEmpty: (() => void)[] = [];

  const send = (ask: Ask): Promise<Ack> => {
    const declared = declaredOf(ask.room);
    if ('ok' in declared) return Promise.resolve(declared);
    if (isClosed) return Promise.resolve(again('unavailable', limits.retryAfterMs));
    const before = waitingByRoom.get(ask.room) ?? 0;
    if (before >= limits.commandsWaitingPerRoomMax) return Promise.resolve(again('busy', limits.retryAfterMs));
    const hash = commandHash(ask.name, ask.input);
    waitingByRoom.set(ask.room, before + 1);
    waitingInAll++;
    return new Promise((resolve) => {
      const at = clock.monotonic();
      const answer = (ack: Ack) => {
        if (waiting.isAnswered) return;
        waiting.isAnswered = true;
        leave(ask.room);
        resolve(ack);
        measure(waiting, ack);
      };
      // No getter here: V8 would keep all that it can reach until the next full collection; see decision 22.
      const waiting: Waiting = {
        declared,
        ask,
        hash,
        arrivedAt: at,
        turnAt: at,
        decidedAt: at,
        attempt: 0,
        isInDoubt: false,
        isAnswered: false,
        answer,
      };
      deliver(waiting);
    });
  };

  const measure = ({ declared, ask, arrivedAt, turnAt, decidedAt }: Waiting, ack: Ack) => {
    const now = clock.monotonic();
    const name = commandOf(declared, ask.name) ? ask.name : 'unknown';
    const ms = { wait: turnAt - arrivedAt, decide: decidedAt - turnAt, gate: now - decidedAt, total: now - arrivedAt };
    meter.command(declared.kind, name, ack.ok ? 'ok' : ack.code, ms);
  };

  const leave = (id: string) => {
    const left = waitingByRoom.get(id)! - 1;
    if (left > 0) waitingByRoom.set(id, left);
    else {
      waitingByRoom.delete(id);
      // Nobody opened it after all: a room that does not exist takes no memory.
      const room = memory.get(id);
      if (room?.isNew) memory.forget(room);
    }
    if (--waitingInAll === 0) for (const tell of onEmpty.splice(0)) tell();
  };

  /** The last turn of each room that still waits for something; later commands of the room queue behind it. */
  const lastInOrder = new Map<string, Promise<void>>();

  /**
   * The mailbox. A command whose room is in memory, with nothing to look up and nobody before it, takes its turn at once.
   * Otherwise what it needs is fetched now, beside what others need, but turns are taken in order of arrival.
   */
  const deliver = (waiting: Waiting) => {
    const id = waiting.ask.room;
    const room = memory.get(id);
    const before = lastInOrder.get(id);
    if (room && !before && !needsLookup(room, waiting)) return takeTurn(room, waiting, noFacts);
    const prepared = prepare(waiting);
    const inOrder = async () => {
      await before;
      let ready = await prepared;
      // Those before it have changed the room since, so it was asked about what is no longer so.
      if (ready && isOutdated(ready, waiting)) ready = await prepare(waiting);
      if (!ready) return;
      // It may have been lost while we asked; then all of this is done again on what is true now.
      if (ready.room.isDead) tryAgain(waiting, ready.room.end!);
      else takeTurn(ready.room, waiting, ready.facts);
    };
    // Whatever goes wrong here is a defect of ours, and the commands behind must not wait for it for ever.
    const turn = inOrder().catch((error: unknown) => {
      log.error({ room: id, id: waiting.ask.id, error: String(error) }, 'a command was lost on its way to its turn');
      waiting.answer(again('unknown', limits.retryAfterMs));
    });
    lastInOrder.set(id, turn);
    void turn.then(() => {
      if (lastInOrder.get(id) === turn) lastInOrder.delete(id);
    });
  };

  const mustAsk = (room: ActiveRoom, { ask, attempt, isInDoubt }: Waiting) =>
    !room.knows(ask.id) && (attempt === 1 || isInDoubt || room.mayHaveForgotten(ask.id));
  const needsLookup = (room: ActiveRoom, waiting: Waiting) =>
    mustAsk(room, waiting) ||
    (!room.knows(waiting.ask.id) && commandOf(room.declared, waiting.ask.name)?.facts !== undefined);

  const isOutdated = ({ room, state }: Prepared, { ask }: Waiting) =>
    state !== room.state && commandOf(room.declared, ask.name)?.facts !== undefined;

  /** Everything that has to wait happens here, outside the turn. Null: it is answered already. */
  const prepare = async (waiting: Waiting): Promise<Prepared | null> => {
    const { ask, attempt, declared } = waiting;
    try {
      const room = await memory.bring(ask.room, declared);
      if (typeof room === 'string') {
        waiting.answer(failureOf(room, attempt));
        return null;
      }
      if (mustAsk(room, waiting)) {
        const done = await store.findCommand(ask.room, ask.id);
        if (done) {
          waiting.answer(repeated(done, waiting));
          return null;
        }
      }
      const { state } = room;
      return { room, state, facts: await readFacts(room, waiting) };
    } catch (error) {
      const about = { room: ask.room, command: ask.name, id: ask.id, error: String(error) };
      log.error(about, 'a command could not be prepared');
      waiting.answer(failureOf('unavailable', attempt));
      return null;
    }
  };

  /** On the second attempt the first one's outcome is not known either. */
  const failureOf = (failure: Failure, attempt: 0 | 1) =>
    failure === 'unreadable'
      ? refusal('room/unreadable')
      : again(attempt === 1 ? 'unknown' : failure, limits.retryAfterMs);

  const readFacts = async (room: ActiveRoom, { ask }: Waiting): Promise<Context['facts']> => {
    const command = commandOf(room.declared, ask.name);
    // A caller whom the turn will refuse anyway costs no look-up.
    const seat = seatFor(room.declared, room.state, ask.by, command, room.isNew);
    if (!command?.facts || seat === null || !(room.isNew || command.may.includes(seat))) return noFacts;
    const now = new Date(clock.now()).toISOString();
    const about = { room: ask.room, state: room.state, input: ask.input, by: ask.by, now };
    const facts: Record<string, unknown> = {};
    for (const name of command.facts as readonly string[]) facts[name] = await deps.facts[name]!(about);
    return facts as unknown as Context['facts'];
  };

  const takeTurn = (room: ActiveRoom, waiting: Waiting, facts: Context['facts']) => {
    memory.touch(room.id);
    try {
      room.turn(waiting, facts);
    } catch (error) {
      const { name, id } = waiting.ask;
      log.error(
        { room: room.id, command: name, id, error: error instanceof Error ? error.stack : String(error) },
        'a turn failed',
      );
      waiting.answer(refusal('internal'));
      deps.onDefect(room);
    }
  };

  /** Somebody else's room is not taken back: whoever routes knows better where it is now. */
  const tryAgain = (waiting: Waiting, why: Broken) => {
    if (waiting.isAnswered) return;
    if (why === 'fenced') return waiting.answer(again('moved', limits.retryAfterMs));
    if (waiting.attempt === 1) return waiting.answer(again('unknown', limits.retryAfterMs));
    waiting.attempt = 1;
    deliver(waiting);
  };

  return {
    send,
    tryAgain,
    lookUp(waiting) {
      waiting.isInDoubt = true;
      deliver(waiting);
    },
    isWaitedFor: (room) => waitingByRoom.has(room),
    async close() {
      isClosed = true;
      if (waitingInAll > 0)
        await new Promise<void>((resolve) => {
          onEmpty.push(resolve);
          timers.after(limits.drainMs, resolve);
        });
      return waitingInAll === 0;
    },
    get isClosed() {
      return isClosed;
    },
    get waiting() {
      return waitingInAll;
    },
  };
};
