/** Who sits at boards. */
import type { Caller } from '../kit.ts';
import { may } from '../permissions.ts';

/** Boards of the whole operation name no customer and no agent. */
export const staff = (caller: Caller): 'staff' | null => (may(caller, 'boards.read') ? 'staff' : null);
/** What each agent does is for those who lead them. */
export const leads = (caller: Caller): 'lead' | null => (may(caller, 'reports.team') ? 'lead' : null);
/** An agent sees the own figures. */
export const ownOrLed = (caller: Caller, agent: string): 'self' | 'lead' | null =>
  leads(caller) ?? (may(caller, 'claims.handle') && caller.agentId === agent ? 'self' : null);
