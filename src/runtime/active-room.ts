/**
 * One room in memory: the only writer of its state. A turn is synchronous — remember, decide, apply — and runs ahead of the
 * journal; what it answers waits at the gate. State is never rolled back: when a write is lost the whole room is dropped.
 */
import { type AnyRoom, type Context, execute, isRejection, reject, type Rejection } from '../../rooms/kit.ts';
import type { Standing } from './face.ts';
import type { Confirmed } from './confirm.ts';
import { deadlineChanges } from './deadlines.ts';
import { createDedupe } from './dedupe.ts';
import { type Broken, createGate } from './gate.ts';
import type { Journal } from './journal.ts';
import type { Clock, EventRow, Job, ProjectionRow, Remembered } from './ports.ts';
import { isSameRow } from './projections.ts';
import { refusal, refusalOf, repeated, type Waiting } from './waiting.ts';

export interface ActiveRoom {
  readonly id: string;
  readonly declared: AnyRoom;
  /** What is durable: the only state anyone outside is shown. */
  readonly standing: Standing;
  /** When it last changed; goes into the snapshot. */
  readonly at: string;
  /** Decided on, perhaps not durable yet. For asking facts, never for showing. */
  readonly state: { readonly status: string };
  readonly isNew: boolean;
  readonly isDead: boolean;
  /** Why it was given up, or null while it lives. */
  readonly end: Broken | null;
  readonly isIdle: boolean;
  mayHaveForgotten(commandId: string): boolean;
  knows(commandId: string): boolean;
  turn(waiting: Waiting, facts: Context['facts']): void;
  /** Give up this memory of the room; what waits at the gate is told why. */
  drop(why: Broken): void;
}

interface Loaded {
  readonly epoch: number;
  readonly seq: number;
  readonly state: { readonly status: string };
  readonly at: string;
  readonly remembered: readonly Remembered[];
}
export interface Commit {
  readonly mark: number;
  /** Empty: the room was not there. */
  readonly was: readonly ProjectionRow[];
  readonly rows: readonly ProjectionRow[];
}
interface Deps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly dedupeMax: number;
  rowsOf(room: AnyRoom, id: string, state: unknown, stamp: { at: string; seq: number }): readonly ProjectionRow[];
  jobsOf(room: AnyRoom, event: EventRow, data: unknown, state: unknown): readonly Job[];
  /** Is the room still ours? Asked before a refusal is told. */
  confirm(room: ActiveRoom, answer: (how: Confirmed) => void): void;
  /** The room is in the journal for the first time. */
  onOpened(room: ActiveRoom): void;
  /** The room has new durable state, even if it is dead by now; `was` and `rows` are its list rows before and after, list by list. */
  onCommit(room: ActiveRoom, commit: Commit): void;
  /** Nobody knows whether a write of this room has happened. */
  onUnknown(): void;
  /** A write was fenced, perhaps of a room that has been given up since. */
  onRefused(room: ActiveRoom): void;
  /** The room lost its write and must be forgotten. */
  onLost(room: ActiveRoom, why: Broken, reason: string): void;
  /** Before it is refused, the journal must be asked whether it was done. */
  onDoubt(waiting: Waiting): void;
  /** The command must be tried again from the start, or be answered. */
  onBroken(waiting: Waiting, why: Broken): void;
}

export const createActiveRoom = (id: string, declared: AnyRoom, loaded: Loaded, deps: Deps): ActiveRoom => {
  const { journal, clock } = deps;
  const { epoch } = loaded;
  const gate = createGate(loaded.seq);
  const dedupe = createDedupe(loaded.remembered, deps.dedupeMax);
  let { state, seq, at } = loaded;
  let standing: Standing = { epoch, seq, state };
  let durableAt = at;
  /** As decided last, and as last durable; made out when they are first needed. */
  let lastRows: readonly ProjectionRow[] | null = null;
  let durableRows: readonly ProjectionRow[] = [];
  let end: Broken | null = null;

  const repeat = (waiting: Waiting, done: Remembered) => {
    hold(waiting, done.seq, () => waiting.answer(repeated(done, waiting)));
  };

  const hold = (waiting: Waiting, upTo: number, open: () => void) =>
    gate.hold(upTo, open, (why) => deps.onBroken(waiting, why));

  const refuse = (waiting: Waiting, rejection: Rejection) => {
    // Ids are made on clients' clocks and delivered late by outboxes, so one that looks new may have been done long ago:
    // "no" would be the wrong answer to that.
    if (!dedupe.isComplete && !waiting.isInDoubt) return deps.onDoubt(waiting);
    // Its first attempt may still be on its way to open this very room.
    if ((waiting.attempt === 1 || waiting.ask.isResent) && seq === 0) return deps.onBroken(waiting, 'unknown');
    hold(waiting, seq, () =>
      deps.confirm(room, (how) => {
        if (how === 'ours') waiting.answer(refusalOf(rejection));
        else deps.onBroken(waiting, how === 'taken' ? 'fenced' : 'unknown');
      }),
    );
  };

  const commit = (waiting: Waiting, seat: string, decided: readonly { type: string; data: unknown }[], now: string) => {
    const { ask } = waiting;
    const lo = seq;
    const before = state;
    let next = state;
    let bytes = 0;
    const events: EventRow[] = [];
    const jobs: Job[] = [];
    for (const { type, data } of decided) {
      const n = lo + events.length + 1;
      const dataJson = JSON.stringify(data);
      const isFirst = events.length === 0;
      const event: EventRow = {
        room: id,
        seq: n,
        epoch,
        type,
        version: declared.version,
        dataJson,
        byId: ask.by.accountId,
        bySeat: seat,
        at: now,
        commandId: isFirst ? ask.id : null,
        commandHash: isFirst ? waiting.hash : null,
        correlationId: ask.correlationId ?? null,
      };
      next = declared.apply[type]!(next, data, { at: now, by: { accountId: ask.by.accountId, seat }, seq: n });
      events.push(event);
      bytes += dataJson.length + 300;
      for (const job of deps.jobsOf(declared, event, data, next)) jobs.push(job);
    }
    const hi = lo + events.length;
    const { set, cleared } = deadlineChanges(declared, id, lo === 0 ? null : before, next);
    lastRows ??= durableRows = lo === 0 ? [] : deps.rowsOf(declared, id, before, { at, seq: lo });
    const rowsBefore = lastRows;
    const rows = deps.rowsOf(declared, id, next, { at: now, seq: hi });
    // Nothing may fail from here on: the turn has happened.
    state = next;
    seq = hi;
    at = now;
    lastRows = rows;
    dedupe.add({ id: ask.id, hash: waiting.hash, byId: ask.by.accountId, epoch, seq: hi });
    hold(waiting, hi, () => waiting.answer({ ok: true, epoch, seq: hi }));
    journal.append({
      head: { room: id, kind: declared.kind, epoch, lo, hi, isNew: lo === 0 },
      events,
      bytes,
      deadlinesSet: set,
      deadlinesCleared: cleared,
      jobs,
      rows: rows.filter((row, n) => !isSameRow(row, rowsBefore[n])),
      isLive: () => end === null,
      committed(mark) {
        const was = durableRows;
        durableRows = rows;
        // Given up meanwhile: nobody here is told, but it has happened, and whoever follows along must not miss it.
        if (end !== null) return deps.onCommit(room, { mark, was, rows });
        const isFirst = standing.seq === 0;
        standing = { epoch, seq: hi, state: next };
        durableAt = now;
        if (isFirst) deps.onOpened(room);
        gate.open(hi);
        deps.onCommit(room, { mark, was, rows });
      },
      failed(how, reason) {
        if (how === 'unknown') deps.onUnknown();
        if (how === 'fenced') deps.onRefused(room);
        if (how === 'refused') waiting.answer(refusal('command/unstorable', { reason }));
        if (end === null) deps.onLost(room, how === 'fenced' ? 'fenced' : 'unknown', reason);
      },
    });
  };

  const room: ActiveRoom = {
    id,
    declared,
    get standing() {
      return standing;
    },
    get at() {
      return durableAt;
    },
    get state() {
      return state;
    },
    get isNew() {
      return seq === 0;
    },
    get isDead() {
      return end !== null;
    },
    get end() {
      return end;
    },
    get isIdle() {
      return gate.waiting === 0 && standing.seq === seq;
    },
    mayHaveForgotten: (commandId) => dedupe.mayHaveForgotten(commandId),
    knows: (commandId) => dedupe.get(commandId) !== undefined,
    turn(waiting, facts) {
      const { ask } = waiting;
      waiting.turnAt = waiting.decidedAt = clock.monotonic();
      const done = dedupe.get(ask.id);
      if (done) return repeat(waiting, done);
      // An event's time never goes back, whatever the node's clock does.
      const now = later(new Date(clock.now()).toISOString(), at);
      const outcome = execute(
        declared,
        state,
        { name: ask.name, input: ask.input, isNew: seq === 0 },
        { room: id, by: ask.by, now, facts },
      );
      if (isRejection(outcome)) return refuse(waiting, outcome);
      if (ask.expectedSeq !== undefined && ask.expectedSeq !== seq) return refuse(waiting, reject('stale', { seq }));
      if (outcome.events.length === 0)
        throw new Error(`${declared.kind}.${ask.name} decided nothing: a command changes something or is rejected`);
      waiting.decidedAt = clock.monotonic();
      commit(waiting, outcome.seat, outcome.events, now);
    },
    drop(why) {
      if (end !== null) return;
      end = why;
      gate.break(why);
    },
  };
  return room;
};

const later = (a: string, b: string) => (a > b ? a : b);
