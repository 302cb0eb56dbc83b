/** Pages of the diary. */
import type { Orm } from '../store/orm.ts';

export interface ActivityRow {
  readonly id: string;
  readonly claimId: string | null;
  readonly agentId: string | null;
  readonly subject: string;
  readonly status: string;
  readonly rule: string | null;
  readonly dueAt: string;
  readonly isOverdue: boolean;
  readonly isEscalated: boolean;
  readonly doneAt: string | null;
  readonly createdAt: string;
}
export interface ActivitiesWanted {
  /** due: open, and to be done by `until`. overdue: open, and its time has passed. */
  readonly state: 'open' | 'due' | 'overdue' | 'done';
  readonly until?: string | undefined;
  readonly agentId?: string | undefined;
  readonly claimId?: string | undefined;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}
/** Of one claim there are not more than people would read. */
const ofClaimMax = 500;

const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columns = `
  id, claim_id as "claimId", agent_id as "agentId", subject, status, rule, ${instant('due_at')} as "dueAt",
  is_overdue as "isOverdue", is_escalated as "isEscalated", ${instant('done_at')} as "doneAt",
  ${instant('created_at')} as "createdAt"`;

export const createActivities = (orm: Orm) => {
  const read = <Row>(text: string, values: readonly (string | number)[]) =>
    orm.em.getConnection().execute<Row[]>(text, [...values], 'all');
  return {
    /** What is to be done first comes first; of what is done, the newest. */
    list({ state, until, agentId, claimId, after, limit }: ActivitiesWanted): Promise<readonly ActivityRow[]> {
      const isDone = state === 'done';
      const key = isDone ? 'done_at' : 'due_at';
      const conditions = [isDone ? 'done_at is not null' : `status = 'open'`];
      const values: (string | number)[] = [];
      const where = (condition: string, ...given: readonly string[]) => {
        conditions.push(condition);
        values.push(...given);
      };
      if (state === 'overdue') where('due_at <= now()');
      if (state === 'due' && until !== undefined) where('due_at <= ?::timestamptz', until);
      if (agentId !== undefined) where('agent_id = ?::uuid', agentId);
      if (claimId !== undefined) where('claim_id = ?::uuid', claimId);
      if (after) where(`(${key}, id) ${isDone ? '<' : '>'} (?::timestamptz, ?::uuid)`, after.at, after.id);
      const order = isDone ? 'desc' : 'asc';
      return read<ActivityRow>(
        `select ${columns} from activities where ${conditions.join(' and ')} order by ${key} ${order}, id ${order} limit ?`,
        [...values, limit],
      );
    },
    async openOf(claimId: string): Promise<readonly string[]> {
      const rows = await read<{ id: string }>(
        `select id from activities where claim_id = ?::uuid and status = 'open' order by id limit ?`,
        [claimId, ofClaimMax],
      );
      return rows.map(({ id }) => id);
    },
  };
};
export type Activities = ReturnType<typeof createActivities>;
