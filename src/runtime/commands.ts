/**
 * A command's way through this node: counted in, prepared if something must be looked up, given its turn, answered once.
 * When a write is lost its commands come back here, and are tried once more before their callers are bothered.
 */
import { type AnyRoom, type Context, commandOf, seatFor } from '../../rooms/kit.ts';
import type { Ack } from '../../rooms/protocol.ts';
import type { Limits } from '../limits.ts';
import type { ActiveRoom } from './active-room.ts';
import { commandHash } from './command-hash.ts';
import type { Broken } from './gate.ts';
import type { Failure, Memory } from './memory.ts';
import type { Ask, Clock, FactReader, Log, Meter, Store, Timers } from './ports.ts';
import { again, refusal, repeated, type Waiting } from './waiting.ts';

interface Deps {
  declaredOf(id: string): AnyRoom | undefined;
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
  isWaitedFor(room: string): boolean;
  /** From now on every new command is told to come back. Resolves when all others are answered, or time is up. */
  close(): Promise<boolean>;
  readonly isClosed: boolean;
  readonly waiting: number;
}

const noFacts = {} as Context['facts'];

export const createCommands = (deps: Deps): Commands => {
  const { declaredOf, memory, store, clock, timers, meter, log, limits } = deps;
  const waitingByRoom = new Map<string, number>();
  let waitingInAll = 0;
  let isClosed = false;
  const onEmpty: (() => void)[] = [];

  const send = (ask: Ask): Promise<Ack> => {
    const declared = declaredOf(ask.room);
    if (!declared) return Promise.resolve(refusal('not-found'));
    if (isClosed) return Promise.resolve(again('unavailable', limits.retryAfterMs));
    const before = waitingByRoom.get(ask.room) ?? 0;
    if (before >= limits.commandsWaitingPerRoomMax) return Promise.resolve(again('busy', limits.retryAfterMs));
    waitingByRoom.set(ask.room, before + 1);
    waitingInAll++;
    return new Promise((resolve) => {
      const at = clock.monotonic();
      let isAnswered = false;
      const answer = (ack: Ack) => {
        if (isAnswered) return;
        isAnswered = true;
        measure(declared, waiting, ack);
        leave(ask.room);
        resolve(ack);
      };
      const hash = commandHash(ask.name, ask.input);
      const waiting: Waiting = {
        ask,
        hash,
        arrivedAt: at,
        turnAt: at,
        decidedAt: at,
        attempt: 0,
        answer,
        get isAnswered() {
          return isAnswered;
        },
      };
      deliver(declared, waiting);
    });
  };

  const measure = (declared: AnyRoom, { ask, arrivedAt, turnAt, decidedAt }: Waiting, ack: Ack) => {
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

  /** In order of arrival: straight to its turn when the room is in memory and nothing must be looked up first. */
  const deliver = (declared: AnyRoom, waiting: Waiting) => {
    const room = memory.get(waiting.ask.room);
    if (room && !needsLookup(room, waiting)) takeTurn(room, waiting, noFacts);
    else void prepare(declared, waiting);
  };

  const needsLookup = (room: ActiveRoom, { ask, attempt }: Waiting) =>
    !room.knows(ask.id) &&
    (attempt === 1 || room.mayHaveForgotten(ask.id) || commandOf(room.declared, ask.name)?.facts !== undefined);

  /** Everything that has to wait happens here, outside the turn; then the turn is taken on the room as it is by then. */
  const prepare = async (declared: AnyRoom, waiting: Waiting) => {
    const { ask, attempt } = waiting;
    try {
      for (;;) {
        const room = await memory.bring(ask.room, declared);
        if (typeof room === 'string') return waiting.answer(failureOf(room, attempt));
        if (!needsLookup(room, waiting)) return takeTurn(room, waiting, noFacts);
        if (attempt === 1 || room.mayHaveForgotten(ask.id)) {
          const done = await store.findCommand(ask.room, ask.id);
          if (done) return waiting.answer(repeated(done, waiting));
        }
        const facts = await readFacts(room, waiting);
        // It may have been lost while we asked; then all of this is done again on what is true now.
        if (!room.isDead) return takeTurn(room, waiting, facts);
      }
    } catch (error) {
      log.error(
        { room: ask.room, command: ask.name, id: ask.id, error: String(error) },
        'a command could not be prepared',
      );
      waiting.answer(failureOf('unavailable', attempt));
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

  return {
    send,
    tryAgain(waiting, why) {
      if (waiting.isAnswered) return;
      if (waiting.attempt === 1)
        return waiting.answer(again(why === 'fenced' ? 'moved' : 'unknown', limits.retryAfterMs));
      waiting.attempt = 1;
      deliver(declaredOf(waiting.ask.room)!, waiting);
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
