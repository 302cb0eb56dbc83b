/** A kind of room as data, read off the register: what the documents say about it. */
import type { z } from 'zod';
import type { AnyDerivedRoom } from '../../rooms/derived.ts';
import type { AnyCommand, AnyRoom, Signal } from '../../rooms/kit.ts';
import { type DueCard, explore } from './explore.ts';

export interface CommandCard {
  readonly name: string;
  readonly summary: string;
  readonly may: readonly string[];
  readonly when: readonly string[] | 'any';
  /** Permission → the seat it takes by opening the room with this. */
  readonly opens: Readonly<Record<string, string>>;
  readonly facts: readonly string[];
  readonly input: z.ZodType;
}
export interface SignalCard {
  readonly kind: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly data: z.ZodType;
}
export interface RoomCard {
  readonly kind: string;
  /** What stands behind the slash of its ids. */
  readonly name: z.ZodType<string>;
  readonly seats: readonly string[];
  readonly statuses: readonly string[];
  readonly commands: readonly CommandCard[];
  readonly signals: readonly SignalCard[];
  /** Seats that are told who else is here. */
  readonly presence: readonly string[];
  readonly deadlines: readonly DueCard[];
  readonly refusals: Readonly<Record<string, string>>;
}
export interface BoardCard {
  readonly id: string;
  readonly summary: string;
  readonly seats: readonly string[];
}

export const roomCard = (room: AnyRoom): RoomCard => {
  const commands = Object.entries<AnyCommand>(room.commands).map(([name, command]) => commandCard(name, command));
  const { statuses: found, deadlines } = explore(room);
  const named = commands.flatMap(({ when }) => (when === 'any' ? [] : when));
  return {
    kind: room.kind,
    name: room.name,
    seats: Object.keys(room.view),
    statuses: [...new Set([...(room.statuses ?? []), ...named, ...found])],
    commands,
    signals: Object.entries<Signal<string>>(room.signals ?? {}).map(([kind, signal]) => ({ kind, ...signal })),
    presence: room.presence ?? [],
    deadlines,
    refusals: room.refusals ?? {},
  };
};

const commandCard = (name: string, { summary, may, when, opens = {}, facts = [], input }: AnyCommand): CommandCard => ({
  name,
  summary,
  may,
  when,
  opens,
  facts,
  input,
});

export const boardCard = ({ id, summary, view }: AnyDerivedRoom): BoardCard => ({
  id,
  summary,
  seats: Object.keys(view),
});
