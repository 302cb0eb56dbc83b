/** What an agent feels: a department at an ordinary rate, with the real client. */
import { medianOf } from '../figures.ts';
import type { Aim, Played, Scenario } from '../scenario.ts';
import type { Stretch } from '../stage.ts';
import { steady } from '../steady.ts';
import { department } from '../work/department.ts';

const overBareMsMax = 1.5;
const p99MsMax = 15;

export const dashboard: Scenario<Stretch> = {
  name: 'dashboard',
  summary: ({ rate, seconds }) =>
    `50 agents note on 25 claims, each open on 10 screens; ${rate} commands/s for ${seconds} s`,
  systems: ['claimroom', 'bare'],
  defaults: { rate: 500, seconds: 20, rounds: 5, processes: 1, seed: 1 },
  needs: () => ({ agents: department.agents, claims: department.claims, limits: {} }),
  ...steady(department, 'client'),
  aims(played) {
    const [ours, bare] = ['claimroom', 'bare'].map((system) => seenOf(played, system));
    const aims: Aim[] = [];
    if (ours && bare) {
      const extra = ours.p50 - bare.p50;
      const aim = `seen p50 at most ${overBareMsMax} ms over bare`;
      aims.push({ aim, came: `${extra.toFixed(2)} ms`, ok: extra <= overBareMsMax });
    }
    if (ours) aims.push({ aim: `seen p99 at most ${p99MsMax} ms`, came: `${ours.p99} ms`, ok: ours.p99 <= p99MsMax });
    return aims;
  },
};

const seenOf = (played: readonly Played<Stretch>[], system: string) => {
  const rounds = played.find((one) => one.system === system)?.rounds;
  return (
    rounds && {
      p50: medianOf(rounds, ({ seen_ms }) => seen_ms.p50)!,
      p99: medianOf(rounds, ({ seen_ms }) => seen_ms.p99)!,
    }
  );
};
