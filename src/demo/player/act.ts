/** What somebody could do next at a claim, and what they go by. */
import type { CommandInput, CommandName } from '../../../client/index.ts';
import type { Seat } from '../../../rooms/claim/claim.ts';
import type { assessor } from '../../../rooms/claim/views/assessor.ts';
import type { holder } from '../../../rooms/claim/views/holder.ts';
import type { staff } from '../../../rooms/claim/views/staff.ts';
import type { Caller } from '../../../rooms/kit.ts';
import type { Dice } from '../past/dice.ts';

export type StaffView = ReturnType<typeof staff>;
export type HolderView = ReturnType<typeof holder>;
export type AssessorView = ReturnType<typeof assessor>;

/** One of the demo's people, as the server knows them. */
export interface Colleague {
  readonly email: string;
  readonly password: string;
  readonly caller: Caller;
}

/** Who could do something: ids of agents, assessors and customers. Nobody waits for anybody else. */
export interface Office {
  readonly agents: readonly string[];
  readonly assessors: readonly string[];
  readonly holders: readonly string[];
}

/** Where somebody stands who looks at a claim: everything a choice depends on beside what they see. */
export interface Place {
  readonly me: Caller;
  readonly seat: Seat;
  readonly office: Office;
  readonly now: string;
  readonly dice: Dice;
  readonly newId: () => string;
}

type Name = CommandName<'claim'>;
export interface Act {
  /** How likely it is chosen, beside the others and beside letting the claim be, which weighs 1. */
  readonly weight: number;
  readonly name: Name;
  readonly input: unknown;
}
export const act = <N extends Name>(weight: number, name: N, input: CommandInput<'claim', N>): Act => ({
  weight,
  name,
  input,
});

/** A supervisor does a handler's work only where no handler of this office would. */
export const isMine = ({ handlerId }: Pick<StaffView, 'handlerId'>, { seat, office }: Place): boolean =>
  seat === 'handler' || (seat === 'supervisor' && !(handlerId !== undefined && office.agents.includes(handlerId)));
