/** The same as of agents, by team: what each has in hand, and what it closed and heard of late. */
import { type About, derivedOf } from '../derived.ts';
import type { Tally } from '../tally.ts';
import { averagesOf, type Averages, type Days, handledBy, nothingHandled, recently } from './handled.ts';
import { leads } from './seats.ts';
import { loads } from './standing.ts';

/** Agents whose record names no team. */
const unplaced = 'none';

export interface TeamLoad {
  /** Who have something in hand now. */
  readonly agents: number;
  readonly inHand: number;
  readonly late: number;
  readonly byPriority: Readonly<Record<string, number>>;
}
const idle: TeamLoad = { agents: 0, inHand: 0, late: 0, byPriority: {} };

/** By team; what it handled is that of `days`. */
export const teamsIn = (
  tally: Tally,
  days: Days,
  teamOf: About['teamOf'],
): ReadonlyMap<string, TeamLoad & { readonly handled: Averages }> => {
  const placed = (agentId: string) => teamOf(agentId) ?? unplaced;
  const byTeam = new Map<string, TeamLoad>();
  for (const [agentId, { inHand, late, byPriority }] of loads(tally)) {
    const team = placed(agentId);
    const before = byTeam.get(team) ?? idle;
    const priorities = { ...before.byPriority };
    for (const [priority, n] of Object.entries(byPriority)) priorities[priority] = (priorities[priority] ?? 0) + n;
    byTeam.set(team, {
      agents: before.agents + 1,
      inHand: before.inHand + inHand,
      late: before.late + late,
      byPriority: priorities,
    });
  }
  const handled = handledBy(tally, days, placed);
  return new Map(
    [...new Set([...byTeam.keys(), ...handled.keys()])].map((team) => [
      team,
      { ...(byTeam.get(team) ?? idle), handled: averagesOf(handled.get(team) ?? nothingHandled) },
    ]),
  );
};

export const teamsBoard = derivedOf<'lead'>()({
  id: 'board/teams',
  summary: 'By team: claims in hand, late ones, and what was closed in the last thirty days.',
  seat: leads,
  view: {
    lead: (tally, { today, teamOf }) => ({
      teams: Object.fromEntries(
        [...teamsIn(tally, recently(today), teamOf)].map(([team, { handled, ...load }]) => [
          team,
          { ...load, recently: handled },
        ]),
      ) as object,
    }),
  },
});
