/**
 * Which statuses a room can have and what falls due in them, found by letting its events happen to it: both are code, not
 * lists. Events are made from their schemas and happen in any order, so this finds what could be, not only what will.
 */
import type { AnyRoom, Deadline } from '../../rooms/kit.ts';
import { samplesOf } from './sample.ts';

export interface DueCard {
  readonly name: string;
  /** What the system then sends. */
  readonly command: string;
  /** After the event that set it, where that does not depend on more: `30 days`. */
  readonly after?: string;
  /** The events that set it, unless nearly anything does. */
  readonly setBy: readonly string[];
  /** The statuses it belongs to; empty where it does not depend on the status. */
  readonly statuses: readonly string[];
}
export interface Found {
  readonly statuses: readonly string[];
  readonly deadlines: readonly DueCard[];
}

type State = { readonly status: string };
interface Step {
  readonly type: string;
  readonly data: unknown;
}
interface Place {
  readonly state: State;
  /** How it came about. */
  readonly path: readonly Step[];
  readonly due: readonly Deadline[];
}
interface Due {
  readonly command: string;
  readonly after: string | undefined;
  /** Events it took to get there, at least. */
  readonly distance: number;
  readonly setBy: Set<string>;
  readonly statuses: Set<string>;
}

/** From so many different states we look on; from later ones only if they have shown something new. */
const placesMax = 20;
/** More events than this do not set a deadline, they merely leave it standing. */
const settersMax = 4;

const days = ['2026-01-15T09:30:00.000Z', '2026-04-03T16:45:00.000Z'] as const;
const by = { accountId: '0190a000-0000-7000-8000-000000000003', seat: 'system' };

export const explore = (room: AnyRoom): Found => {
  const steps = Object.entries(room.events).flatMap(([type, schema]) =>
    samplesOf(schema as Parameters<typeof samplesOf>[0]).map((data): Step => ({ type, data })),
  );
  const statuses = new Set<string>();
  const found = new Map<string, Due>();
  const seen = new Set<string>();
  const places: Place[] = [];

  const goOn = (from: Place, step: Step) => {
    const state = happened(room, from.state, step, days[0], from.path.length + 1);
    const due = state && dueIn(room, state);
    // One that cannot even be asked is no state this room could have.
    if (!state || !due) return;
    const place = { state, path: [...from.path, step], due };
    const isNews = !statuses.has(state.status) || due.some((each) => !found.has(nameOf(each)));
    statuses.add(state.status);
    for (const deadline of due) note(room, found, deadline, place, from);
    const key = [state.status, ...due.map(nameOf), ...Object.keys(state).sort()].join(' ');
    if (seen.has(key) || (places.length >= placesMax && !isNews)) return;
    seen.add(key);
    places.push(place);
  };
  for (const step of steps) goOn({ state: room.initial as State, path: [], due: [] }, step);
  // The list grows while it is walked.
  for (const place of places) for (const step of steps) goOn(place, step);

  const cardOf = ([name, { command, after, setBy, statuses: of }]: [string, Due]): DueCard => ({
    name,
    command,
    ...(after !== undefined && { after }),
    setBy: setBy.size <= settersMax ? [...setBy] : [],
    statuses: of.size === 1 || of.size * 2 < statuses.size ? [...of] : [],
  });
  return { statuses: [...statuses], deadlines: [...found].map(cardOf) };
};

const note = (room: AnyRoom, found: Map<string, Due>, deadline: Deadline, { state, path }: Place, from: Place) => {
  const name = nameOf(deadline);
  let due = found.get(name);
  if (!due) {
    const { command } = deadline;
    due = {
      command,
      after: afterOf(room, deadline, path),
      distance: path.length,
      setBy: new Set(),
      statuses: new Set(),
    };
    found.set(name, due);
  }
  due.statuses.add(state.status);
  const isSetHere = path.length === due.distance && !from.due.some((each) => nameOf(each) === name);
  if (isSetHere) due.setBy.add(path.at(-1)!.type);
};

/** The same on another day: if it is then as far off, it counts from the event and from nothing else. */
const afterOf = (room: AnyRoom, { name, at }: Deadline, path: readonly Step[]): string | undefined => {
  const again = path.reduce<State | undefined>(
    (state, step, i) => state && happened(room, state, step, days[1], i + 1),
    room.initial as State,
  );
  const other = again && dueIn(room, again)?.find((each) => each.name === name);
  const ms = Date.parse(at) - Date.parse(days[0]);
  return other && ms > 0 && Date.parse(other.at) - Date.parse(days[1]) === ms ? inWords(ms) : undefined;
};

const happened = (room: AnyRoom, state: State, { type, data }: Step, at: string, seq: number): State | undefined =>
  tried<State | undefined>(() => room.apply[type]?.(state, data, { at, by, seq }));
const dueIn = (room: AnyRoom, state: State) => tried(() => room.deadlines?.(state) ?? []);

/** An event in an order that never happens may break what never breaks. */
const tried = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/** A deadline of one of many things is named with that thing's id. */
const nameOf = ({ name }: Deadline) => name.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>');

const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const;
const inWords = (ms: number): string => {
  for (const [size, unit] of units) if (ms % size === 0) return `${ms / size} ${unit}${ms === size ? '' : 's'}`;
  return `${ms} ms`;
};
