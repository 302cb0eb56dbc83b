/** For tests of claims: somebody for each seat, and a claim at each status, told by its events. */
import assert from 'node:assert/strict';
import type { z } from 'zod';
import { given } from '../given.ts';
import type { PolicyAtLoss } from '../facts.ts';
import type { Caller, EventOf } from '../kit.ts';
import { entitled, systemPermissions } from '../permissions.ts';
import type { Loss, Seat, Status } from './claim.ts';
import type { Events } from './events.ts';
import { claimRoom } from './room.ts';

/** Ids of things in a claim and of the people around it. */
export const idOf = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const noteId = idOf;

export const holderId = idOf(1);
export const handlerId = idOf(2);
export const otherHolderId = idOf(3);
export const otherAgentId = idOf(4);
export const assessorId = idOf(5);
export const otherClaimId = idOf(6);
export const partyId = idOf(0xa10);
export const vehicleId = idOf(0xa11);
export const exposureId = idOf(0xa12);
export const requestId = idOf(0xa13);
export const itemId = idOf(0xa14);
export const paymentId = idOf(0xa15);
export const recoveryId = idOf(0xa16);
export const messageId = idOf(0xa17);

/** Why the desk gave a claim to whom it did. */
export const chosen = { by: 'rules' as const, skills: ['motor'], inHand: 3, capacity: 12, among: 4 };

/** Minor units. */
const limits = { reserve: 500_000, payment: 200_000 };
const ample = { reserve: 5_000_000, payment: 5_000_000 };
const nothing = { reserve: 0, payment: 0 };
const holder = { customerId: holderId, roles: ['customer'], limits: nothing };
export const callers = {
  system: { accountId: 'system', roles: ['system'], permissions: systemPermissions, limits: ample },
  investigator: entitled({ accountId: 'ivan', roles: ['investigator'], limits: nothing }),
  supervisor: entitled({ accountId: 'sue', roles: ['supervisor'], limits }),
  handler: { ...entitled({ accountId: 'hannah', roles: ['agent'], limits }), agentId: handlerId },
  assessor: { ...entitled({ accountId: 'asif', roles: ['assessor'], limits: nothing }), agentId: assessorId },
  desk: { ...entitled({ accountId: 'dora', roles: ['agent'], limits }), agentId: otherAgentId },
  auditor: entitled({ accountId: 'audrey', roles: ['auditor'], limits: nothing }),
  holder: { ...entitled({ accountId: 'henry', ...holder }), customerId: holderId },
  thirdParty: { ...entitled({ accountId: idOf(7), ...holder }), customerId: idOf(8) },
} satisfies Record<Seat, Caller>;
/** Another customer: may not know that the claim exists. */
export const stranger: Caller = entitled({ ...holder, accountId: 'simon', customerId: otherHolderId });
/** A supervisor with more authority than the others. */
export const director: Caller = entitled({ accountId: 'dick', roles: ['supervisor'], limits: ample });

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
/** As of the day of the loss. */
export const policy: PolicyAtLoss = {
  number: 'POL-1',
  version: 3,
  currency: 'GBP',
  line: 'motor',
  coverages: {
    'own-damage': { name: 'Own damage', perils: ['collision', 'fire'], limit: 1_000_000, excess: 25_000 },
    liability: { name: 'Liability', perils: ['collision'], limit: null, excess: 0 },
  },
  inForce: true,
  holderId,
  isVulnerable: false,
};

export type Event = EventOf<Events>;
const draft: Event[] = [{ type: 'draftStarted', data: { holderId, loss: { place: 'Leeds, A58' } } }];
const submitted: Event[] = [...draft, { type: 'reported', data: { holderId, number: 'CLM-2026-0000001', loss } }];
const triage: Event[] = [...submitted, { type: 'triaged', data: { priority: 'P4', score: 0 } }];
const assigned: Event[] = [...triage, { type: 'assigned', data: { handlerId } }];
export const reserved: Event[] = [...assigned, { type: 'reserveSet', data: { reserve: gbp(150_000) } }];
export const noted: Event[] = [...reserved, { type: 'noteAdded', data: { id: noteId(1), text: 'Called the garage.' } }];
const approved: Event[] = [...noted, { type: 'approved', data: { payable: gbp(120_000) } }];
const assessment: Event[] = [
  ...reserved,
  { type: 'assessorAssigned', data: { assessorId } },
  { type: 'assessmentStarted', data: {} },
];
export const paid: Event[] = [
  ...approved,
  {
    type: 'paymentMade',
    data: { id: paymentId, payee: 'holder', amount: gbp(120_000), kind: 'final', status: 'approved' },
  },
];
export const claimsByStatus: Record<Status, Event[]> = {
  draft,
  submitted,
  triage,
  assigned,
  assessment,
  awaiting_info: [
    ...reserved,
    {
      type: 'informationAsked',
      data: {
        id: requestId,
        to: 'holder',
        dueOn: '2026-01-08',
        items: { [itemId]: { kind: 'photo', text: 'A photo of the rear bumper.' } },
      },
    },
  ],
  review: [...assessment, { type: 'sentForReview', data: { decideBy: '2026-01-06T09:00:00.000Z' } }],
  approved,
  partially_approved: [
    ...noted,
    {
      type: 'partiallyApproved',
      data: { payable: gbp(60_000), reason: 'The bumper was broken before.', clause: '4.2' },
    },
  ],
  denied: [...noted, { type: 'declined', data: { reason: 'Wear and tear.', clause: '4.2' } }],
  settling: paid,
  closed: [
    ...paid,
    { type: 'paymentIssued', data: { id: paymentId } },
    { type: 'paymentCleared', data: { id: paymentId } },
    { type: 'closed', data: {} },
  ],
  withdrawn: [...noted, { type: 'withdrawn', data: { reason: 'Paid it myself.' } }],
  void: [...triage, { type: 'voided', data: { reason: 'not-a-claim', why: 'Sent by mistake.' } }],
};
/** Somebody else was involved, and may look in. */
export const partyAdded: Event = {
  type: 'partyAdded',
  data: {
    id: partyId,
    role: 'claimant',
    name: 'Tess Third',
    phone: '01632 960001',
    accountId: callers.thirdParty.accountId,
  },
};
/** The loss was told anew, and whether the policy pays is in question. */
export const questioned: Event = {
  type: 'lossAmended',
  data: { loss: {}, was: {}, coverage: { inQuestion: ['not-in-force', 'other-holder'] } },
};
/** What one claimant may get under one coverage, with something put aside for it. */
export const exposed: Event[] = [
  ...assigned,
  partyAdded,
  {
    type: 'exposureOpened',
    data: { id: exposureId, coverage: 'own-damage', claimant: 'holder', limit: gbp(1_000_000), excess: gbp(25_000) },
  },
  { type: 'reserveSet', data: { reserve: gbp(80_000), exposureId, costType: 'indemnity', costCategory: 'body' } },
];

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
