/** How agents do: each sees the own figures, who leads them sees all. */
import { z } from 'zod';
import type { Caller } from '../../rooms/kit.ts';
import { teamsIn } from '../../rooms/board/teams.ts';
import { may } from '../../rooms/permissions.ts';
import { Uuid } from '../../rooms/values.ts';
import { agentFigures } from '../../src/dashboard/agent-report.ts';
import { before, change, lastDays } from '../../src/dashboard/period.ts';
import { csvLines, csvType } from '../../src/http/csv.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { AgentFigures, Change, Days, TeamFigures } from './dashboard-shapes.ts';
import { type Deps, route } from './deps.ts';

const query = z.strictObject({ days: Days });
const Range = z.object({ from: z.string(), to: z.string() });

const team = async (days: number, { figures, today, names }: Deps) => {
  const period = lastDays(today(), days);
  const agents = agentFigures(await figures.ready(), period);
  const called = await names.ofAgents(agents.map(({ agentId }) => agentId));
  return { period, agents: agents.map((agent) => ({ name: called.get(agent.agentId) ?? null, ...agent })) };
};
const exported = [
  'agentId',
  'name',
  'inHand',
  'late',
  'closed',
  'interactions',
  'slaMetPercent',
  'handlingSeconds',
  'usualHandlingSeconds',
  'settlementSeconds',
  'rated',
  'rating',
] as const;

export const reports = [
  route({
    method: 'get',
    path: '/api/reports/agents',
    summary: 'What each agent closed in the last days, how long it took and would usually take, and what people said.',
    access: 'reports.team',
    canWait: 1,
    query,
    reply: z.object({ period: Range, agents: z.array(AgentFigures) }),
    refusals: ['busy', 'unavailable'],
    handle: async ({ query: { days } }, deps) => answer((await team(days, deps)) as never),
  }),
  route({
    method: 'get',
    path: '/api/reports/agents.csv',
    summary: 'The same as a file. Its making is recorded.',
    access: 'reports.team',
    canWait: 1,
    query,
    reply: z.string(),
    media: 'text/csv',
    refusals: ['forbidden', 'busy', 'unavailable'],
    async handle({ query: { days }, caller }, deps) {
      if (!may(caller, 'exports.create')) return problem('forbidden', { needs: 'exports.create' });
      await deps.audit.sure({ action: 'reports.export', object: 'report/agents', details: { days } });
      const { agents } = await team(days, deps);
      const rows = agents.map((agent) => exported.map((name) => agent[name]));
      return answer([...csvLines(exported, rows)].join(''), {
        'Content-Type': csvType,
        'Content-Disposition': 'attachment; filename="agents.csv"',
      });
    },
  }),
  route({
    method: 'get',
    path: '/api/reports/teams',
    summary: 'The same by team, which is the department in an agent’s record; `none` where it names none.',
    access: 'reports.team',
    canWait: 1,
    query,
    reply: z.object({ period: Range, teams: z.array(TeamFigures) }),
    refusals: ['busy', 'unavailable'],
    async handle({ query: { days } }, { figures, today, teams }) {
      const period = lastDays(today(), days);
      const byTeam = [...teamsIn(await figures.ready(), period, teams.of)];
      const rows = byTeam.map(([team, { agents, inHand, late, handled }]) => ({
        team,
        agents,
        inHand,
        late,
        ...handled,
      }));
      return answer({ period, teams: rows.sort((a, b) => b.closed - a.closed || (a.team < b.team ? -1 : 1)) } as never);
    },
  }),
  route({
    method: 'get',
    path: '/api/reports/agents/:id',
    summary: 'The same of one agent, `me` for oneself, held against the days before.',
    access: 'caller',
    canWait: 1,
    params: z.object({ id: z.union([z.literal('me'), Uuid]) }),
    query,
    reply: z.object({ period: Range, agent: AgentFigures, before: AgentFigures, change: Change }),
    refusals: ['not-found', 'busy', 'unavailable'],
    async handle({ params: { id: asked }, query: { days }, caller }, { figures, today, names }) {
      const id = asked === 'me' ? caller.agentId : asked;
      // Others learn nothing, not even whether there is such an agent.
      if (id === undefined || !maySee(caller, id)) return problem('not-found');
      const name = (await names.ofAgents([id])).get(id) ?? null;
      const tally = await figures.ready();
      const period = lastDays(today(), days);
      const [now, then] = [period, before(period)].map((range) => ({ name, ...agentFigures(tally, range, id)[0]! }));
      return answer({ period, agent: now!, before: then!, change: change(now!, then!) } as never);
    },
  }),
];

const maySee = (caller: Caller, agentId: string) =>
  may(caller, 'reports.team') || (may(caller, 'claims.handle') && caller.agentId === agentId);
