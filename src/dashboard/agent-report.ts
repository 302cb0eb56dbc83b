/** How agents did in a stretch of days: what they closed, how long it took and what is usual for claims as urgent, and what people said. */
import {
  type Averages,
  averagesOf,
  type Days,
  daysOf,
  handledByAgent,
  nothingHandled,
} from '../../rooms/board/handled.ts';
import { loads } from '../../rooms/board/standing.ts';
import type { Tally } from '../../rooms/tally.ts';

export interface AgentFigures extends Averages {
  readonly agentId: string;
  readonly inHand: number;
  readonly late: number;
  /** What everybody took for claims of the same priorities: who is given the hard ones is not slow. */
  readonly usualHandlingSeconds?: number;
}

interface Mix {
  n: number;
  seconds: number;
}
const unweighed = 'none';
const add = (mixes: Map<string, Mix>, priority: string, n: number, seconds: number) => {
  let mix = mixes.get(priority);
  if (!mix) mixes.set(priority, (mix = { n: 0, seconds: 0 }));
  mix.n += n;
  mix.seconds += seconds;
};

/** By agent (or for one) and over all: how many claims of each priority were closed, and in what time. */
const mixesIn = (tally: Tally, days: Days, only?: string) => {
  const byAgent = new Map<string, Map<string, Mix>>();
  const all = new Map<string, Mix>();
  for (const day of daysOf(days))
    for (const { by, n, sums } of tally.cells('closedBy', day)) {
      const [, agent, priority] = by;
      if (agent === null || agent === undefined) continue;
      add(all, priority ?? unweighed, n, sums[1]!);
      if (only !== undefined && agent !== only) continue;
      let mixes = byAgent.get(agent);
      if (!mixes) byAgent.set(agent, (mixes = new Map<string, Mix>()));
      add(mixes, priority ?? unweighed, n, sums[1]!);
    }
  return { byAgent, all };
};

const usual = (own: ReadonlyMap<string, Mix>, all: ReadonlyMap<string, Mix>): number | undefined => {
  let count = 0;
  let seconds = 0;
  for (const [priority, { n }] of own) {
    const mix = all.get(priority)!;
    count += n;
    seconds += (n * mix.seconds) / mix.n;
  }
  return count > 0 ? Math.round(seconds / count) : undefined;
};

/** One agent, or all who have or had something to do; those who closed most come first. */
export const agentFigures = (tally: Tally, days: Days, agent?: string): readonly AgentFigures[] => {
  const handled = handledByAgent(tally, days, agent);
  const inHand = loads(tally, agent);
  const { byAgent, all } = mixesIn(tally, days, agent);
  const ids = agent === undefined ? [...new Set([...handled.keys(), ...inHand.keys()])] : [agent];
  return ids
    .map((agentId): AgentFigures => {
      const usualHandlingSeconds = usual(byAgent.get(agentId) ?? new Map<string, Mix>(), all);
      return {
        agentId,
        inHand: inHand.get(agentId)?.inHand ?? 0,
        late: inHand.get(agentId)?.late ?? 0,
        ...averagesOf(handled.get(agentId) ?? nothingHandled),
        ...(usualHandlingSeconds !== undefined && { usualHandlingSeconds }),
      };
    })
    .sort((a, b) => b.closed - a.closed || b.inHand - a.inHand || (a.agentId < b.agentId ? -1 : 1));
};
