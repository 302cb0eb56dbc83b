/** For tests of claims: somebody for each seat, and a claim at each status, told by its events. */
import assert from 'node:assert/strict';
import type { z } from 'zod';
import { given } from '../given.ts';
import type { Caller, EventOf } from '../kit.ts';
import type { events, Loss, Seat, Status } from './claim.ts';
import { claimRoom } from './room.ts';

const id = (n: number) => `0190a000-0000-7000-8000-00000000000${n}`;
export const noteId = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const holderId = id(1);
export const handlerId = id(2);
export const otherHolderId = id(3);
export const otherAgentId = id(4);

/** Minor units. */
const limits = { reserve: 500_000, payment: 200_000 };
const nothing = { reserve: 0, payment: 0 };
export const callers = {
  holder: { accountId: 'henry', customerId: holderId, roles: ['customer'], limits: nothing },
  handler: { accountId: 'hannah', agentId: handlerId, roles: ['agent'], limits },
  desk: { accountId: 'dora', agentId: otherAgentId, roles: ['agent'], limits },
  supervisor: { accountId: 'sue', roles: ['supervisor'], limits },
  system: { accountId: 'system', roles: ['system'], limits },
} satisfies Record<Seat, Caller>;
/** Another customer: may not know that the claim exists. */
export const stranger: Caller = { accountId: 'simon', customerId: otherHolderId, roles: ['customer'], limits: nothing };

export const loss: z.output<typeof Loss> = {
  policyNumber: 'POL-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2025-12-30',
  place: 'Leeds, A58',
  narrative: 'Rear-ended at the lights.',
  isInjury: false,
  isDrivable: true,
};
export const gbp = (amount: number) => ({ amount, currency: 'GBP' as const });

type Event = EventOf<typeof events>;
const draft: Event[] = [{ type: 'draftStarted', data: { holderId, loss: { place: 'Leeds, A58' } } }];
const submitted: Event[] = [...draft, { type: 'reported', data: { holderId, number: 'CLM-2026-0000001', loss } }];
const triage: Event[] = [...submitted, { type: 'triaged', data: { priority: 'P4', score: 0 } }];
const assigned: Event[] = [...triage, { type: 'assigned', data: { handlerId } }];
export const reserved: Event[] = [...assigned, { type: 'reserveSet', data: { reserve: gbp(150_000) } }];
export const noted: Event[] = [...reserved, { type: 'noteAdded', data: { id: noteId(1), text: 'Called the garage.' } }];
export const claimsByStatus: Record<Status, Event[]> = {
  draft,
  submitted,
  triage,
  assigned,
  approved: [...noted, { type: 'approved', data: { payable: gbp(120_000) } }],
  denied: [...noted, { type: 'declined', data: { reason: 'Wear and tear.', clause: '4.2' } }],
  withdrawn: [...noted, { type: 'withdrawn', data: { reason: 'Paid it myself.' } }],
};

/** The fields an `invalid` complains of. */
export const pathsOf = (outcome: object) =>
  (outcome as { details: { issues: { path: string }[] } }).details.issues.map(({ path }) => path);

type Name = keyof typeof claimRoom.commands;
export const isForbidden = (history: readonly Event[], name: Name, input: unknown, whom: readonly Caller[]) => {
  for (const by of whom) {
    const outcome = given(claimRoom, ...history).when(name, input, by) as { rejected: string };
    assert.equal(outcome.rejected, 'forbidden', `${name} by ${by.accountId}`);
  }
};
/** It is theirs to ask, only not now: they are told what would be, and what it would take. */
export const isNotNow = (
  history: readonly Event[],
  name: Name,
  input: unknown,
  by: Caller,
  needs: readonly Status[],
) => {
  const claim = given(claimRoom, ...history);
  const outcome = claim.when(name, input, by) as { rejected: string; details: { allowed: string[]; unmet: object[] } };
  assert.equal(outcome.rejected, 'claim/not-now');
  assert.deepEqual(outcome.details.unmet, [{ status: claim.state.status, needs }]);
  assert.ok(!outcome.details.allowed.includes(name));
};
