/** Agents' records, and how much each has to do: their own for agents, the team's for those who lead. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { may } from '../../rooms/permissions.ts';
import { statuses } from '../../rooms/session/session.ts';
import { Uuid } from '../../rooms/values.ts';
import { AgentChange, type AgentRow, NewAgent, type WorkloadRow } from '../../src/desk/agents.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const teamMax = 1_000;
const Agent = z.object({
  id: z.string(),
  name: z.string(),
  department: z.string(),
  certificationLevel: z.int(),
  skills: z.array(z.string()),
  areas: z.array(z.string()),
  capacity: z.int(),
  status: z.string().meta({ description: 'Of their session; `ended`: not at work.' }),
  lastLogin: z.string().nullable().meta({ description: 'When they last came to work.' }),
  leftAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const shown = (agent: AgentRow): z.input<typeof Agent> => ({
  ...agent,
  skills: [...agent.skills],
  areas: [...agent.areas],
});
const Workload = z.object({
  agentId: z.string(),
  name: z.string(),
  status: z.string(),
  capacity: z.int(),
  inHand: z.int(),
  byPriority: z.record(z.string(), z.int()),
  unanswered: z.int().meta({ description: 'Given to them, and not a word yet.' }),
  activitiesOpen: z.int(),
  activitiesOverdue: z.int(),
});
const load = (row: WorkloadRow): z.input<typeof Workload> => ({ ...row, byPriority: { ...row.byPriority } });
const params = z.object({ id: Uuid });

const cursorOf = ({ name, id }: AgentRow) => Buffer.from(JSON.stringify([name, id])).toString('base64url');
const Cursor = z
  .string()
  .max(1_000)
  .transform((text, context) => {
    try {
      const [name, id] = z.tuple([z.string(), Uuid]).parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return { name, id };
    } catch {
      context.addIssue({ code: 'custom', message: 'not the `next` of a page' });
      return z.NEVER;
    }
  });

export const agents = [
  route({
    method: 'get',
    path: '/api/agents',
    summary: 'Agents by name, page by page, and whether they are at work.',
    access: 'agents.read',
    query: z.strictObject({
      department: z.string().max(100).optional(),
      skill: z.string().max(60).optional(),
      status: z.enum(statuses).optional(),
      left: z.enum(['true', 'false']).default('false').meta({ description: '`true`: those who have left, instead.' }),
      after: Cursor.optional().meta({ description: '`next` of the page before.' }),
      limit: pageLimit(),
    }),
    reply: z.object({ items: z.array(Agent), next: z.string().nullable() }),
    refusals: ['unavailable'],
    async handle({ query: { left, limit, ...wanted } }, { agents: records }) {
      const rows = await records.list({ ...wanted, hasLeft: left === 'true', limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return answer({ items: items.map(shown), next: rows.length > limit && last ? cursorOf(last) : null });
    },
  }),
  route({
    method: 'post',
    path: '/api/agents',
    summary: 'Add an agent’s record. Accounts point to it by `agentId`; without a record nobody comes to work.',
    access: 'agents.manage',
    body: NewAgent,
    reply: Agent,
    status: 201,
    refusals: ['agent/exists', 'unavailable'],
    async handle({ body }, { agents: records, teams, audit }) {
      const made = await records.create(body);
      if (made) {
        teams.changed();
        audit.record({ action: 'agent.added', object: `agent/${made.id}`, after: made });
      }
      return made
        ? answer(shown(made), { Location: `/api/agents/${made.id}` }, 201)
        : problem('agent/exists', { id: body.id });
    },
  }),
  route({
    method: 'get',
    path: '/api/agents/workload',
    summary: 'How much each agent has to do, and how much they can take.',
    access: 'reports.team',
    reply: z.object({ items: z.array(Workload) }),
    refusals: ['unavailable'],
    async handle(_, { agents: records }) {
      return answer({ items: (await records.workloads(teamMax)).map(load) });
    },
  }),
  route({
    method: 'get',
    path: '/api/agents/:id',
    summary: 'An agent’s record.',
    access: 'agents.read',
    params,
    reply: Agent,
    refusals: ['not-found', 'unavailable'],
    async handle({ params: { id } }, { agents: records }) {
      const found = await records.find(id);
      return found ? answer(shown(found)) : problem('not-found');
    },
  }),
  route({
    method: 'get',
    path: '/api/agents/:id/workload',
    summary: 'How much an agent has to do: one’s own, or with `reports.team` anybody’s.',
    access: 'caller',
    params,
    reply: Workload,
    refusals: ['forbidden', 'not-found', 'unavailable'],
    async handle({ params: { id }, caller }, { agents: records }) {
      const isTheirs = caller.agentId === id && may(caller, 'desk.work');
      if (!isTheirs && !may(caller, 'reports.team')) return problem('forbidden');
      const found = await records.workloadOf(id);
      return found ? answer(load(found)) : problem('not-found');
    },
  }),
  route({
    method: 'patch',
    path: '/api/agents/:id',
    summary: 'Change some of an agent’s record. Their session at work, if they have one, knows at once.',
    access: 'agents.manage',
    params,
    body: AgentChange,
    reply: Agent,
    refusals: ['not-found', 'unavailable'],
    async handle({ params: { id }, body, caller }, { agents: records, teams, rooms, audit }) {
      const before = await records.find(id);
      const changed = await records.change(id, body);
      if (!changed) return problem('not-found');
      teams.changed();
      audit.record({ action: 'agent.changed', object: `agent/${id}`, before, after: changed });
      // Not at work: then there is nothing to tell.
      await rooms.send({ room: `session/${id}`, id: randomUUIDv7(), name: 'readRecord', input: {}, by: caller });
      return answer(shown(changed));
    },
  }),
  route({
    method: 'delete',
    path: '/api/agents/:id',
    summary: 'An agent leaves: their session ends, they get no more claims. The record stays, because claims name it.',
    access: 'agents.manage',
    params,
    reply: z.object({ left: z.literal(true) }),
    refusals: ['not-found', 'unavailable'],
    async handle({ params: { id }, caller }, { agents: records, rooms, audit }) {
      if (!(await records.leave(id))) return problem('not-found');
      audit.record({ action: 'agent.left', object: `agent/${id}` });
      await rooms.send({ room: `session/${id}`, id: randomUUIDv7(), name: 'end', input: {}, by: caller });
      return answer({ left: true as const });
    },
  }),
];
