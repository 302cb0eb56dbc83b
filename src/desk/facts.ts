/** What the desk and sessions must know of the world before they decide: the queue, the office, an agent's record. */
import type { AtWork, Waiting } from '../../rooms/desk/choose.ts';
import type { DeskNow } from '../../rooms/desk/desk.ts';
import { claimsMax } from '../../rooms/session/session.ts';
import type { AgentRecord } from '../../rooms/session/record.ts';
import type { Limits } from '../limits.ts';
import type { FactReader } from '../runtime/ports.ts';
import type { Orm } from '../store/orm.ts';

type Ask = Parameters<FactReader>[0];

/** In hand: whatever is begun and not over. Word for word the condition of the index `claims_in_hand`. */
export const inHand = `status not in ('draft', 'closed', 'withdrawn', 'void')`;

const atWorkSql = `
  select s.agent_id as "agentId", s.status, s.skills, s.areas, s.capacity,
         (select count(*)::int from claims where handler_id = s.agent_id and ${inHand}) as "inHand"
    from agent_sessions s where s.status <> 'ended' and s.handles_claims order by s.seen_at desc limit ?`;
const waitingSql = `
  select id, coalesce(priority, 'P9') as priority, skills, coalesce(place, '') as place, passed_by as "passedBy",
         to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"
    from claims where status = 'triage' and handler_id is null and not is_discarded
   order by coalesce(priority, 'P9'), created_at limit ?`;
const recordSql = `
  select name, department, certification_level as "certificationLevel", skills, areas, capacity
    from agents where id = ?::uuid and left_at is null`;
const inHandSql = `
  select id as "claimId", coalesce(claim_number, '') as number, coalesce(priority, '') as priority
    from claims where handler_id = ?::uuid and ${inHand} order by updated_at desc limit ?`;

export const createDeskFacts = (orm: Orm, limits: Pick<Limits, 'deskWaitingMax' | 'deskAgentsMax'>) => {
  const read = <Row>(text: string, values: readonly (string | number)[]) =>
    orm.em.getConnection().execute<Row[]>(text, [...values], 'all');
  return {
    async deskNow(): Promise<DeskNow> {
      const atWork = await read<AtWork>(atWorkSql, [limits.deskAgentsMax]);
      // Nobody is here: whatever waits goes on waiting, and need not be counted.
      const isWanted = atWork.some(({ status }) => status !== 'away');
      return { atWork, waiting: isWanted ? await read<Waiting>(waitingSql, [limits.deskWaitingMax]) : [] };
    },
    async agentRecord({ room }: Ask): Promise<AgentRecord | null> {
      const agentId = room.slice('session/'.length);
      const [[record], claims] = await Promise.all([
        read<Omit<AgentRecord, 'inHand'>>(recordSql, [agentId]),
        read<AgentRecord['inHand'][number]>(inHandSql, [agentId, claimsMax]),
      ]);
      return record ? { ...record, inHand: claims } : null;
    },
  };
};
