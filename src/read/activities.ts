/** The diary as a list: one row per activity, kept in its own statement. */
import type { Activity } from '../../rooms/activity/activity.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';

export const activitiesTable: Table = {
  table: 'activities',
  key: 'id',
  columns: {
    id: 'uuid',
    claim_id: 'uuid',
    agent_id: 'uuid',
    subject: 'text',
    status: 'varchar',
    rule: 'varchar',
    due_at: 'timestamptz',
    is_overdue: 'boolean',
    is_escalated: 'boolean',
    done_at: 'timestamptz',
    seq: 'bigint',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
};

export const activities: Projection = {
  name: 'activities',
  of: 'activity',
  version: 1,
  row(state, { room, at, seq }) {
    const activity = state as Activity;
    return {
      id: room.slice('activity/'.length),
      claim_id: activity.claimId ?? null,
      agent_id: activity.agentId ?? null,
      subject: activity.subject,
      status: activity.status,
      rule: activity.rule ?? null,
      due_at: activity.dueAt,
      is_overdue: activity.isOverdue ?? false,
      is_escalated: activity.isEscalated ?? false,
      done_at: activity.doneAt ?? null,
      seq,
      created_at: activity.createdAt,
      updated_at: at,
    };
  },
};
