/** Who sits at boards. */
import type { Caller } from '../kit.ts';

const is = ({ roles }: Caller, ...some: readonly string[]) => some.some((role) => roles.includes(role));

/** Boards of the whole operation name no customer and no agent. */
export const staff = (caller: Caller): 'staff' | null =>
  is(caller, 'agent', 'supervisor', 'auditor', 'system') ? 'staff' : null;
/** What each agent does is for those who lead them. */
export const leads = (caller: Caller): 'supervisor' | null =>
  is(caller, 'supervisor', 'system') ? 'supervisor' : null;
/** An agent sees the own figures. */
export const ownOrLed = (caller: Caller, agent: string): 'agent' | 'supervisor' | null =>
  leads(caller) ?? (is(caller, 'agent') && caller.agentId === agent ? 'agent' : null);
