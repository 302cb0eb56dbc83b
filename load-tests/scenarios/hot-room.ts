/** One claim that everybody writes on and everybody watches: the rate is raised until it no longer holds. */
import { type Climb, climb, heldBy, stepsBelow } from '../climb.ts';
import type { Scenario } from '../scenario.ts';
import { oneClaim } from '../work/one-claim.ts';

const aimedPerSecond = 2_000;
const p99MsMax = 20;

export const hotRoom: Scenario<Climb> = {
  name: 'hot-room',
  summary: ({ rate, seconds }) =>
    `1 claim, written and watched by 50; from ${rate} commands/s, a quarter more every ${seconds} s, ` +
    `until seen p99 is ${p99MsMax} ms or an answer is missing`,
  systems: ['claimroom', 'row-lock', 'bare'],
  defaults: { rate: stepsBelow(aimedPerSecond, 5), seconds: 10, steps: 16, rounds: 3, processes: 1, seed: 1 },
  needs: () => ({
    agents: oneClaim.agents,
    claims: oneClaim.claims,
    limits: { LIMIT_COMMANDS_PER_SECOND_MAX: '2000' },
  }),
  ...climb(oneClaim, 'raw', p99MsMax),
  aims(played) {
    const ours = heldBy(played, 'claimroom');
    const aim = `holds ${aimedPerSecond}/s × ${oneClaim.agents} watchers with seen p99 below ${p99MsMax} ms`;
    return ours === null ? [] : [{ aim, came: `${ours}/s`, ok: ours >= aimedPerSecond }];
  },
};
