/** The claims table: one row per claim for lists, boards and reports, kept in the claim's own statement. Columns as requirement D names them. */
import type { Claim } from '../../rooms/claim/claim.ts';
import { skillsFor } from '../../rooms/desk/needs.ts';
import type { Projection } from '../runtime/projections.ts';
import type { Table } from '../store/projections.ts';

export const claimsTable: Table = {
  table: 'claims',
  key: 'id',
  columns: {
    id: 'uuid',
    claim_number: 'varchar',
    status: 'varchar',
    priority: 'varchar',
    customer_id: 'uuid',
    incident_date: 'timestamptz',
    assigned_assessor_id: 'uuid',
    estimated_cost: 'numeric',
    handler_id: 'uuid',
    policy_number: 'text',
    peril: 'text',
    currency: 'text',
    reserve_amount: 'bigint',
    payable_amount: 'bigint',
    is_discarded: 'boolean',
    skills: 'text[]',
    place: 'text',
    passed_by: 'uuid[]',
    answer_by: 'timestamptz',
    seq: 'bigint',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
};

/** Money columns are minor units; `estimated_cost` is the same reserve in major units, for readers of requirement D's table. */
export const claims: Projection = {
  name: 'claims',
  of: 'claim',
  version: 2,
  row(state, { room, at, seq }) {
    const claim = state as Claim;
    return {
      id: room.slice('claim/'.length),
      claim_number: claim.number || null,
      status: claim.status,
      priority: claim.priority ?? null,
      customer_id: claim.holderId,
      // Midnight in UTC, whatever zone the database keeps.
      incident_date: claim.loss.occurredOn ? `${claim.loss.occurredOn}T00:00:00.000Z` : null,
      assigned_assessor_id: claim.assessorId ?? null,
      estimated_cost: estimatedCost(claim),
      handler_id: claim.handlerId ?? null,
      policy_number: claim.loss.policyNumber ?? null,
      peril: claim.loss.peril ?? null,
      currency: claim.loss.currency ?? null,
      reserve_amount: claim.reserve?.amount ?? null,
      payable_amount: claim.payable?.amount ?? null,
      is_discarded: claim.isDiscarded ?? false,
      skills: skillsFor(claim),
      place: claim.loss.place ?? null,
      passed_by: claim.passedBy ?? [],
      answer_by: claim.assignment?.answerBy ?? null,
      seq,
      created_at: claim.openedAt,
      updated_at: at,
    };
  },
};

/** Major units as `decimal(10, 2)` holds them; an amount beyond its eight digits stands in `reserve_amount` only. */
const estimatedCost = ({ reserve }: Claim): string | null =>
  reserve && reserve.amount < 10 ** 10 ? (reserve.amount / 100).toFixed(2) : null;
