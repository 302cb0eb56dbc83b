/**
 * A claims department at work: 50 agents in five teams of ten; each team's five claims are open on all ten screens.
 * So 25 claims are each watched by ten sockets, and every note must reach all ten.
 */
import type { Result } from '../report.ts';
import type { Scenario } from '../scenario.ts';

const agents = 50;
const teamSize = 10;
const claimsPerTeam = 5;
const teamOf = (agent: number) => Math.floor(agent / teamSize);
const watches = (agent: number) => Array.from({ length: claimsPerTeam }, (_, n) => teamOf(agent) * claimsPerTeam + n);

export const dashboard: Scenario = {
  name: 'dashboard',
  summary: '50 agents note on 25 claims, each open on 10 screens',
  systems: ['claimroom', 'bare'],
  agents,
  claims: (agents / teamSize) * claimsPerTeam,
  noteLength: 120,
  watches,
  groupOf: teamOf,
  pairs: () =>
    Array.from({ length: agents }, (_, agent) => watches(agent).map((claim) => [agent, claim] as const)).flat(),
  judge(results) {
    const of = (system: string): Result | undefined => results.find((result) => result.system === system);
    const [ours, bare] = [of('claimroom'), of('bare')];
    const said: string[] = [];
    if (ours && bare) {
      const extra = ours.seen_ms.p50 - bare.seen_ms.p50;
      said.push(`durability costs ${extra.toFixed(2)} ms of seen p50 (aim: at most 2) ${extra <= 2 ? 'ok' : 'MISSED'}`);
    }
    if (ours)
      said.push(
        `seen p99 ${ours.seen_ms.p99.toFixed(2)} ms (aim: at most 15) ${ours.seen_ms.p99 <= 15 ? 'ok' : 'MISSED'}`,
      );
    return said;
  },
};
