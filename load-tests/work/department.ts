/**
 * A claims department: 50 agents in five teams of ten; each team's five claims are open on all ten screens. So 25 claims
 * are each watched by ten sockets, and every note must reach all ten.
 */
import type { Work } from '../work.ts';

const agents = 50;
const teamSize = 10;
const claimsPerTeam = 5;
const teamOf = (agent: number) => Math.floor(agent / teamSize);
const watches = (agent: number) => Array.from({ length: claimsPerTeam }, (_, n) => teamOf(agent) * claimsPerTeam + n);

export const department: Work = {
  name: 'department',
  agents,
  claims: (agents / teamSize) * claimsPerTeam,
  noteLength: 120,
  watches,
  groupOf: teamOf,
  pairs: () =>
    Array.from({ length: agents }, (_, agent) => watches(agent).map((claim) => [agent, claim] as const)).flat(),
};
