/** How much a department can write: the rate is raised until it no longer holds. */
import { type Climb, climb, heldBy, stepsBelow } from '../climb.ts';
import type { Aim, Scenario } from '../scenario.ts';
import { department } from '../work/department.ts';

const aimedPerSecond = 3_500;
const overRowLock = 2;
const p99MsMax = 100;

export const ramp: Scenario<Climb> = {
  name: 'ramp',
  summary: ({ rate, seconds }) =>
    `25 claims, each watched by 10; from ${rate} commands/s, a quarter more every ${seconds} s, ` +
    `until seen p99 is ${p99MsMax} ms or an answer is missing`,
  systems: ['claimroom', 'row-lock', 'bare'],
  defaults: { rate: stepsBelow(aimedPerSecond, 7), seconds: 10, steps: 16, rounds: 3, processes: 1, seed: 1 },
  // Fifty sockets stand for many more people here.
  needs: () => ({
    agents: department.agents,
    claims: department.claims,
    limits: { LIMIT_COMMANDS_PER_SECOND_MAX: '2000' },
  }),
  ...climb(department, 'raw', p99MsMax),
  aims(played) {
    const [ours, theirs] = [heldBy(played, 'claimroom'), heldBy(played, 'row-lock')];
    const aims: Aim[] = [];
    if (ours !== null)
      aims.push({ aim: `holds ${aimedPerSecond} durable commands/s`, came: `${ours}/s`, ok: ours >= aimedPerSecond });
    if (ours !== null && theirs !== null) {
      const times = ours / theirs;
      const aim = `at least ${overRowLock} times what row-lock holds`;
      const came = theirs === 0 ? 'row-lock did not hold the first rate' : `${times.toFixed(1)} times`;
      aims.push({ aim, came, ok: ours > 0 && times >= overRowLock });
    }
    return aims;
  },
};
