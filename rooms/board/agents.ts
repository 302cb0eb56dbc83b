/** Who has what in hand, and what they closed of late: all agents for supervisors, and for each agent the own figures. */
import { derivedOf } from '../derived.ts';
import type { About } from '../derived.ts';
import type { Tally } from '../tally.ts';
import { averagesOf, handledByAgent, nothingHandled, recently } from './handled.ts';
import { leads, ownOrLed } from './seats.ts';
import { type Load, loads } from './standing.ts';

const idle: Load = { inHand: 0, late: 0, byPriority: {} };

const everybody = (tally: Tally, { today }: About) => {
  const handled = handledByAgent(tally, recently(today));
  const inHand = loads(tally);
  const ids = [...new Set([...inHand.keys(), ...handled.keys()])];
  const agents = ids.map((id) => [
    id,
    { ...(inHand.get(id) ?? idle), recently: averagesOf(handled.get(id) ?? nothingHandled) },
  ]);
  return { agents: Object.fromEntries(agents) as object };
};
const one = (tally: Tally, { today, name }: About) => ({
  ...(loads(tally, name).get(name) ?? idle),
  recently: averagesOf(handledByAgent(tally, recently(today)).get(name) ?? nothingHandled),
});

export const agentsBoard = derivedOf<'lead'>()({
  id: 'board/agents',
  summary: 'By agent: claims in hand, late ones, and what was closed in the last thirty days.',
  seat: leads,
  view: { lead: everybody },
});
export const agentBoard = derivedOf<'self' | 'lead'>()({
  id: 'board/agent-*',
  summary: 'The same of one agent, whose id stands in the name: for that agent and for those who lead.',
  seat: ownOrLed,
  view: { self: one, lead: one },
});
