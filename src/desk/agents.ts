/** Agents' records: who they are, what they know, how much they can take; and how much they have. */
import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import { Text, Uuid } from '../../rooms/values.ts';
import type { Orm } from '../store/orm.ts';
import { inHand } from './facts.ts';

const Word = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} -]{0,59}$/u, 'a word or two, e.g. motor');
const wordsMax = 30;
const fields = {
  name: Text(255).meta({ title: 'Name' }),
  department: Text(100).meta({ title: 'Department' }),
  certificationLevel: z.int().min(0).max(9),
  skills: z.array(Word).max(wordsMax).meta({ description: 'What they know: motor, home, travel, health, injury …' }),
  areas: z.array(Word).max(wordsMax).meta({ description: 'Where they work: words that stand in the place of a loss.' }),
  capacity: z.int().min(0).max(1_000).meta({ description: 'Claims in hand beyond which the desk gives no more.' }),
};
export const NewAgent = z.strictObject({
  id: Uuid.optional().meta({ description: 'As accounts name it; without one the server makes it.' }),
  ...fields,
  certificationLevel: fields.certificationLevel.default(0),
  skills: fields.skills.default([]),
  areas: fields.areas.default([]),
  capacity: fields.capacity.default(20),
});
export const AgentChange = z
  .strictObject(fields)
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'nothing to change');

export interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly certificationLevel: number;
  readonly skills: readonly string[];
  readonly areas: readonly string[];
  readonly capacity: number;
  /** Of their session; `ended` also when there never was one. */
  readonly status: string;
  readonly lastLogin: string | null;
  readonly leftAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}
export interface WorkloadRow {
  readonly agentId: string;
  readonly name: string;
  readonly status: string;
  readonly capacity: number;
  readonly inHand: number;
  readonly byPriority: Readonly<Record<string, number>>;
  readonly unanswered: number;
  readonly activitiesOpen: number;
  readonly activitiesOverdue: number;
}
export interface AgentsWanted {
  readonly department?: string | undefined;
  readonly skill?: string | undefined;
  readonly status?: string | undefined;
  readonly hasLeft: boolean;
  readonly after?: { readonly name: string; readonly id: string } | undefined;
  readonly limit: number;
}

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columns = `
  a.id, a.name, a.department, a.certification_level as "certificationLevel", a.skills, a.areas, a.capacity,
  coalesce(s.status, 'ended') as status, ${instant('a.last_login')} as "lastLogin", ${instant('a.left_at')} as "leftAt",
  ${instant('a.created_at')} as "createdAt", ${instant('a.updated_at')} as "updatedAt"`;
const from = 'agents a left join agent_sessions s on s.agent_id = a.id';
const columnOf: Readonly<Record<string, string>> = { certificationLevel: 'certification_level' };
const arrayOf = (words: readonly string[]) => `{${words.map((word) => JSON.stringify(word)).join(',')}}`;
const valueOf = (value: unknown) => (Array.isArray(value) ? arrayOf(value as string[]) : (value as string | number));

/** Of one agent, or of all who have not left; two small scans by index for each. */
const workload = (where: string) => `
  select a.id as "agentId", a.name, coalesce(s.status, 'ended') as status, a.capacity,
         coalesce(c.n, 0)::int as "inHand", coalesce(c.unanswered, 0)::int as unanswered,
         coalesce(c.p1, 0)::int as p1, coalesce(c.p2, 0)::int as p2, coalesce(c.p3, 0)::int as p3, coalesce(c.p4, 0)::int as p4,
         coalesce(d.n, 0)::int as "activitiesOpen", coalesce(d.overdue, 0)::int as "activitiesOverdue"
    from ${from}
    left join lateral (
      select count(*) as n, count(*) filter (where answer_by is not null and status = 'assigned') as unanswered,
             count(*) filter (where priority = 'P1') as p1, count(*) filter (where priority = 'P2') as p2,
             count(*) filter (where priority = 'P3') as p3, count(*) filter (where priority = 'P4') as p4
        from claims where handler_id = a.id and ${inHand}) c on true
    left join lateral (
      select count(*) as n, count(*) filter (where is_overdue) as overdue
        from activities where agent_id = a.id and status = 'open') d on true
   where ${where} order by lower(a.name), a.id limit ?`;

export const createAgents = (orm: Orm) => {
  const read = <Row>(text: string, values: readonly (string | number)[]) =>
    orm.em.getConnection().execute<Row[]>(text, [...values], 'all');
  const find = async (id: string): Promise<AgentRow | null> =>
    (await read<AgentRow>(`select ${columns} from ${from} where a.id = ?::uuid`, [id]))[0] ?? null;
  type Counted = Omit<WorkloadRow, 'byPriority'> & Readonly<Record<'p1' | 'p2' | 'p3' | 'p4', number>>;
  const counted = ({ p1, p2, p3, p4, ...row }: Counted): WorkloadRow => ({
    ...row,
    byPriority: { P1: p1, P2: p2, P3: p3, P4: p4 },
  });
  return {
    find,
    async list({ department, skill, status, hasLeft, after, limit }: AgentsWanted): Promise<readonly AgentRow[]> {
      const conditions = [hasLeft ? 'a.left_at is not null' : 'a.left_at is null'];
      const values: (string | number)[] = [];
      const where = (condition: string, ...given: readonly string[]) => {
        conditions.push(condition);
        values.push(...given);
      };
      if (department !== undefined) where('a.department = ?', department);
      if (skill !== undefined) where('?::text = any(a.skills)', skill);
      if (status !== undefined) where(`coalesce(s.status, 'ended') = ?`, status);
      if (after) where('(lower(a.name), a.id) > (lower(?::text), ?::uuid)', after.name, after.id);
      return read<AgentRow>(
        `select ${columns} from ${from} where ${conditions.join(' and ')} order by lower(a.name), a.id limit ?`,
        [...values, limit],
      );
    },
    /** Null: there is one by this id. */
    async create({ id = randomUUIDv7(), ...agent }: z.output<typeof NewAgent>): Promise<AgentRow | null> {
      const { name, department, certificationLevel, skills, areas, capacity } = agent;
      const made = await read<{ id: string }>(
        `insert into agents (id, name, department, certification_level, skills, areas, capacity)
         values (?::uuid, ?, ?, ?, ?::text[], ?::text[], ?) on conflict (id) do nothing returning id`,
        [id, name, department, certificationLevel, arrayOf(skills), arrayOf(areas), capacity],
      );
      return made.length > 0 ? find(id) : null;
    },
    /** Null: there is none, or they have left. */
    async change(id: string, change: z.output<typeof AgentChange>): Promise<AgentRow | null> {
      const entries = Object.entries(change).filter(([, value]) => value !== undefined);
      const sets = entries.map(
        ([field, value]) => `${columnOf[field] ?? field} = ?${Array.isArray(value) ? '::text[]' : ''}`,
      );
      const changed = await read<{ id: string }>(
        `update agents set ${sets.join(', ')}, updated_at = now() where id = ?::uuid and left_at is null returning id`,
        [...entries.map(([, value]) => valueOf(value)), id],
      );
      return changed.length > 0 ? find(id) : null;
    },
    async leave(id: string): Promise<boolean> {
      const left = await read<{ id: string }>(
        'update agents set left_at = now(), updated_at = now() where id = ?::uuid and left_at is null returning id',
        [id],
      );
      return left.length > 0;
    },
    async workloadOf(id: string): Promise<WorkloadRow | null> {
      const [row] = await read<Counted>(workload('a.id = ?::uuid'), [id, 1]);
      return row ? counted(row) : null;
    },
    async workloads(limit: number): Promise<readonly WorkloadRow[]> {
      return (await read<Counted>(workload('a.left_at is null'), [limit])).map(counted);
    },
  };
};
export type Agents = ReturnType<typeof createAgents>;
