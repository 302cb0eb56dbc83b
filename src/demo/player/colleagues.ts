/** The demo's people as the player knows them. Read anew at every start: whoever is added there takes part here. */
import { callerOf, demoAccounts } from '../people.ts';
import type { Colleague, Office } from './act.ts';

/** Programs sign in as administrators; they have no desk. */
export const colleagues: readonly Colleague[] = demoAccounts
  .filter(({ roles }) => !roles.includes('administrator'))
  .map(({ id, email, password }) => ({ email, password, caller: callerOf(id!) }));

export const having = <C extends Colleague>(people: readonly C[], ...roles: readonly string[]): readonly C[] =>
  people.filter(({ caller }) => roles.some((role) => caller.roles.includes(role)));

export const office: Office = {
  agents: having(colleagues, 'agent').flatMap(({ caller }) => caller.agentId ?? []),
  assessors: having(colleagues, 'assessor').flatMap(({ caller }) => caller.agentId ?? []),
  holders: having(colleagues, 'customer').flatMap(({ caller }) => caller.customerId ?? []),
};
