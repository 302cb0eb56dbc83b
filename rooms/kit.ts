/** The vocabulary every room is written in. Pure: no clock, no randomness, no I/O. */
import type { z } from 'zod';
import type { Facts } from './facts.ts';
import { may, type Permission } from './permissions.ts';

type Schemas = Record<string, z.ZodType>;
type Stateful = { readonly status: string };

/** Who is asking. Read from the database by the runtime, never from a token. Limits are minor units. */
export interface Caller {
  readonly accountId: string;
  readonly customerId?: string;
  readonly agentId?: string;
  readonly roles: readonly string[];
  /** What the roles come down to; the only thing that decides. See permissions.ts. */
  readonly permissions: readonly Permission[];
  readonly limits: { readonly reserve: number; readonly payment: number };
}

/** A fact that has happened: a name in the past tense and its data. */
export type EventOf<E extends Schemas> = {
  [K in keyof E & string]: { readonly type: K; readonly data: z.output<E[K]> };
}[keyof E & string];

/** Why a command was turned down. A value, never thrown: whoever asked is expected to handle it. */
export interface Rejection {
  readonly rejected: string;
  readonly details: Readonly<Record<string, unknown>>;
}
export const reject = (rejected: string, details: Record<string, unknown> = {}): Rejection => ({ rejected, details });
export const isRejection = (x: object): x is Rejection => 'rejected' in x;

/** Everything a decision may depend on beyond the state and the input, handed in by the runtime. */
export interface Context<Seat extends string = string, F extends keyof Facts = keyof Facts> {
  readonly room: string;
  readonly by: Caller;
  readonly seat: Seat;
  /** ISO instant; never earlier than the room's last event. */
  readonly now: string;
  readonly facts: Pick<Facts, F>;
}

/** What `apply` knows of an event beside its data. */
export interface Stamp<Seat extends string = string> {
  readonly at: string;
  readonly by: { readonly accountId: string; readonly seat: Seat };
  readonly seq: number;
}

/** Something a person (or the system) may ask of a room. */
export interface Command<
  S extends Stateful,
  Seat extends string,
  E extends Schemas,
  I extends z.ZodType,
  F extends keyof Facts,
> {
  /** One sentence in the imperative, shown beside the button. */
  readonly summary: string;
  /** Which permission opens a room that does not exist yet with this command, and the seat it gives; the first counts that the caller has. */
  readonly opens?: { readonly [P in Permission]?: Seat };
  readonly may: readonly Seat[];
  readonly when: readonly S['status'][] | 'any';
  readonly input: I;
  /** What the host must look up before the turn; arrives in `context.facts`. */
  readonly facts?: readonly F[];
  /** Never returns an empty list: a command either changes something or is rejected. */
  decide(state: S, input: z.output<I>, context: Context<Seat, F>): readonly EventOf<E>[] | Rejection;
}
// `any`: the register holds commands of every input
export type AnyCommand = Command<any, any, any, any, any>;

export const commandsOf =
  <S extends Stateful, Seat extends string, E extends Schemas>() =>
  <I extends z.ZodType, const F extends keyof Facts = never>(command: Command<S, Seat, E, I, F>) =>
    command;

/** Something that falls due if nobody acts: the runtime sends `command` as the system at `at`. */
export interface Deadline {
  readonly name: string;
  readonly at: string;
  readonly command: string;
  readonly input: unknown;
}

/** An ephemeral message (typing, cursor): never stored, never numbered. */
export interface Signal<Seat extends string> {
  readonly data: z.ZodType;
  readonly from: readonly Seat[];
  readonly to: readonly Seat[];
}

export interface Room<
  S extends Stateful,
  Seat extends string,
  E extends Schemas,
  C extends Record<string, AnyCommand>,
  V extends { [K in Seat]: (state: S) => object },
> {
  readonly kind: string;
  /** What stands behind the slash of its ids. Strict: two spellings of one name would be two rooms. */
  readonly name: z.ZodType<string>;
  /** Raised when stored events or snapshots change shape; `upcast` then reads the older ones. */
  readonly version: number;
  /** Every status there is, in the order of a life: documents show them so. */
  readonly statuses?: readonly S['status'][];
  readonly initial: S;
  readonly events: E;
  readonly apply: { readonly [K in keyof E]: (state: S, data: z.output<E[K]>, stamp: Stamp<Seat>) => S };
  readonly commands: C;
  /** Where this caller sits in this room, or null: may not know that it exists. */
  readonly seat: (state: S, caller: Caller) => Seat | null;
  /** Its own refusals by code, each in a sentence that may be shown to whoever asked. */
  readonly refusals?: Readonly<Record<string, string>>;
  /** What each seat sees. Holds no null and no array of objects (collections are maps by id), so merge patches work. */
  readonly view: V;
  readonly signals?: { readonly [kind: string]: Signal<Seat> };
  /** Seats that are told who else is here. */
  readonly presence?: readonly Seat[];
  readonly deadlines?: (state: S) => readonly Deadline[];
  readonly upcast?: {
    state?(stored: unknown, version: number): S;
    event?(type: string, data: unknown, version: number): { readonly type: string; readonly data: unknown };
  };
}
export const roomOf =
  <S extends Stateful, Seat extends string>() =>
  <E extends Schemas, C extends Record<string, AnyCommand>, V extends { [K in Seat]: (state: S) => object }>(
    room: Room<S, Seat, E, C, V>,
  ) =>
    room;
// `any`: the register holds rooms of every state
export type AnyRoom = Room<any, any, any, any, any>;

/** Ask a room: is there such a command, does the caller sit where it may be sent, is the input well formed, is it the time, and what follows. */
export const execute = (
  room: AnyRoom,
  state: Stateful,
  ask: { readonly name: string; readonly input: unknown; readonly isNew: boolean },
  context: Omit<Context, 'seat'>,
): { readonly seat: string; readonly events: readonly EventOf<Schemas>[] } | Rejection => {
  const command = commandOf(room, ask.name);
  const seat = seatFor(room, state, context.by, command, ask.isNew);
  if (!seat) return reject('not-found');
  if (!command) return reject('command/unknown', { name: ask.name });
  if (!ask.isNew && !command.may.includes(seat)) return reject('forbidden', { name: ask.name, seat });
  const parsed = command.input.safeParse(ask.input);
  if (!parsed.success) return reject('invalid', { issues: issuesOf(parsed.error) });
  if (!ask.isNew && !isTime(command, state)) {
    const needs = command.when === 'any' ? [] : command.when;
    return reject(`${room.kind}/not-now`, {
      allowed: offers(room, state, seat),
      unmet: [{ status: state.status, needs }],
    });
  }
  const decision: readonly EventOf<Schemas>[] | Rejection = command.decide(state, parsed.data, { ...context, seat });
  return isRejection(decision) ? decision : { seat, events: decision };
};

export const commandOf = (room: AnyRoom, name: string): AnyCommand | undefined =>
  Object.hasOwn(room.commands, name) ? room.commands[name] : undefined;

/** Where the caller sits for this command: in a room that does not exist yet only `opens` gives a seat. */
export const seatFor = (
  room: AnyRoom,
  state: Stateful,
  by: Caller,
  command: AnyCommand | undefined,
  isNew: boolean,
): string | null => {
  if (!isNew) return room.seat(state, by);
  return command ? openingSeat(command, by) : null;
};

/** The seat this caller would take by opening a room with the command, or null: may not open one with it. */
export const openingSeat = ({ opens = {} }: Pick<AnyCommand, 'opens'>, by: Caller): string | null =>
  Object.entries<string | undefined>(opens).find(([name]) => may(by, name as Permission))?.[1] ?? null;

const isTime = (command: AnyCommand, state: Stateful) => command.when === 'any' || command.when.includes(state.status);

/** Zod's issues as clients get them: a path like `loss.peril` and a sentence. */
export const issuesOf = (error: z.ZodError) =>
  error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }));

const offersByRoom = new WeakMap<AnyRoom, Map<string, readonly string[]>>();

/** The commands a seat could send in this status: what a client draws as buttons. The same list object is returned each time. */
export const offers = (room: AnyRoom, state: Stateful, seat: string): readonly string[] => {
  let known = offersByRoom.get(room);
  if (!known) offersByRoom.set(room, (known = new Map()));
  const key = `${seat} ${state.status}`;
  let names = known.get(key);
  if (!names) {
    names = Object.entries<AnyCommand>(room.commands)
      .filter(([, command]) => command.may.includes(seat) && isTime(command, state))
      .map(([name]) => name);
    known.set(key, names);
  }
  return names;
};
