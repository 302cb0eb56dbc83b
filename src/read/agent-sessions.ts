/** Who is at work: one row per agent who ever was, kept in the session's own statement. The desk and the supervisors read it. */
import type { Session } from '../../rooms/session/session.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';

export const agentSessionsTable: Table = {
  table: 'agent_sessions',
  key: 'agent_id',
  columns: {
    agent_id: 'uuid',
    status: 'varchar',
    skills: 'text[]',
    areas: 'text[]',
    capacity: 'integer',
    handles_claims: 'boolean',
    started_at: 'timestamptz',
    seen_at: 'timestamptz',
    ended_at: 'timestamptz',
    seq: 'bigint',
  },
};

export const agentSessions: Projection = {
  name: 'agent_sessions',
  of: 'session',
  version: 1,
  row(state, { seq }) {
    const { agentId, status, skills, areas, capacity, handlesClaims, startedAt, seenAt, endedAt } = state as Session;
    return {
      agent_id: agentId,
      status,
      skills,
      areas,
      capacity,
      handles_claims: handlesClaims,
      started_at: startedAt,
      seen_at: seenAt,
      ended_at: endedAt ?? null,
      seq,
    };
  },
};
