/** For tests of claims: one that has every field there is, each with a value that is nowhere else where that can be. */
import type { Claim } from './claim.ts';
import type { Exposure, Payment, Recovery, ReserveLine } from './money/records.ts';
import type { Loss } from './loss.ts';
import type {
  Complaint,
  InformationRequest,
  Investigation,
  Message,
  Party,
  Rating,
  RequestItem,
  Vehicle,
} from './records.ts';

/** With every optional field: a new one does not compile until it is here. */
type Whole<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

let count = 0;
const next = () => (count += 1);
const word = () => `word ${next()}` as never;
const number = () => 1_000_000 + next();
const at = () => `2026-01-01T09:00:00.${String(next()).padStart(3, '0')}Z`;
const day = () => `2031-${String(1 + (next() % 12)).padStart(2, '0')}-${String(1 + (count % 28)).padStart(2, '0')}`;
const money = () => ({ amount: number(), currency: word() });

const loss = (): Whole<Loss> => ({
  policyNumber: word(),
  currency: word(),
  peril: word(),
  occurredOn: day(),
  place: word(),
  narrative: word(),
  isInjury: true,
  isDrivable: false,
  type: word(),
  occurredAt: word(),
  postcode: word(),
  position: word(),
  zone: word(),
  registration: word(),
  reporterName: word(),
  reporterRelation: word(),
  policeReference: word(),
  isThirdPartyInvolved: true,
  isChildInvolved: true,
  isAirbagDeployed: true,
  isLeakingFluids: true,
  isTowed: true,
  whereNow: word(),
  firstImpact: word(),
  damagedAreas: [word()],
  earlierDamage: word(),
  needsHire: true,
  isCatastrophe: true,
});
const item = (): Whole<RequestItem> => ({
  n: number(),
  kind: word(),
  text: word(),
  answer: word(),
  documentId: word(),
  metAt: at(),
});
const request = (to: string): Whole<InformationRequest> => ({
  n: number(),
  to,
  dueOn: day(),
  status: word(),
  askedAt: at(),
  isOverdue: true,
  reason: word(),
  items: { one: item() },
});
const message = (from: string, to: string): Whole<Message> => ({
  n: number(),
  from,
  to,
  text: word(),
  channel: word(),
  by: word(),
  at: at(),
});
const payment = (payee: string, status: Payment['status']): Whole<Payment> => ({
  n: number(),
  payee,
  line: word(),
  amount: money(),
  kind: word(),
  status,
  by: word(),
  at: at(),
  approvedBy: word(),
  possibleDuplicateOf: word(),
  reference: word(),
  issuedAt: at(),
  clearedAt: at(),
  reason: word(),
});
const party = (): Whole<Party> => ({
  n: number(),
  role: word(),
  name: word(),
  email: word(),
  phone: word(),
  reference: word(),
  customerId: word(),
  accountId: word(),
});
const vehicle = (): Whole<Vehicle> => ({
  n: number(),
  registration: word(),
  isInsured: true,
  vin: word(),
  make: word(),
  model: word(),
  keeper: word(),
});
const exposure = (): Whole<Exposure> => ({
  n: number(),
  coverage: word(),
  claimant: word(),
  vehicleId: word(),
  status: word(),
  outcome: word(),
  limit: money(),
  excess: money(),
});
const line = (): Whole<ReserveLine> => ({
  n: number(),
  exposureId: word(),
  costType: word(),
  costCategory: word(),
  open: money(),
  eroded: money(),
  pending: { reserve: money(), by: word(), at: at() },
});
const recovery = (): Whole<Recovery> => ({
  n: number(),
  kind: word(),
  partyId: word(),
  expected: money(),
  received: money(),
  writtenOff: money(),
});
const investigation = (): Whole<Investigation> => ({
  status: word(),
  reason: word(),
  indicators: [word()],
  by: word(),
  at: at(),
  disposition: word(),
  findings: word(),
});
const complaint = (): Whole<Complaint> => ({
  status: word(),
  text: word(),
  raisedAt: at(),
  dueBy: at(),
  outcome: word(),
  answer: word(),
});
const rating = (): Whole<Rating> => ({ stars: number(), comment: word(), at: at() });

export const full: Whole<Claim> = {
  status: 'denied',
  number: word(),
  holderId: word(),
  handlerId: word(),
  assignment: {
    at: at(),
    by: word(),
    chosen: { by: word(), skills: [word()], area: word(), inHand: number(), capacity: number(), among: number() },
    answerBy: at(),
    answeredAt: at(),
  },
  passedBy: [word()],
  assessorId: word(),
  assessment: { startedAt: at(), endedAt: at() },
  loss: loss(),
  coverage: {
    inQuestion: [word()],
    policy: {
      number: word(),
      version: number(),
      currency: word(),
      line: word(),
      coverages: { glass: { name: word(), perils: [word()], limit: number(), excess: number() } },
      inForce: true,
      holderId: word(),
      isVulnerable: true,
    },
  },
  possibleDuplicates: [word()],
  duplicateOf: word(),
  catastrophe: { id: word(), name: word(), points: number() },
  isDiscarded: true,
  priority: word(),
  priorityScore: number(),
  priorityReasons: { injury: number() },
  isPrioritySetByHand: true,
  reserve: money(),
  payable: money(),
  reason: word(),
  clause: word(),
  reportedAt: at(),
  decidedAt: at(),
  closedAt: at(),
  reopenCount: number(),
  previousStatus: word(),
  waitingSince: at(),
  notes: { other: { n: number(), text: word(), by: word(), at: at() } },
  noteCount: number(),
  messages: { own: message('us', 'holder'), other: message('us', 'Tess') },
  messageCount: number(),
  requests: { own: request('holder'), other: request('Tess') },
  requestCount: number(),
  parties: { other: party() },
  vehicles: { other: vehicle() },
  liability: { holder: number() },
  exposures: { other: exposure() },
  reserveLines: { 'claim.indemnity.general': line() },
  payments: {
    own: payment('holder', 'cleared'),
    pending: payment('holder', 'pending_approval'),
    rejected: payment('holder', 'rejected'),
    stopped: payment('holder', 'stopped'),
    voided: payment('holder', 'voided'),
    other: payment('Tess', 'cleared'),
  },
  recoveries: { other: recovery() },
  investigation: investigation(),
  paymentHold: { reason: word(), by: word(), at: at() },
  complaint: complaint(),
  rating: rating(),
  due: { triage: at(), 'first-contact': at(), decision: at(), complaint: at() },
  warned: { triage: at(), 'first-contact': at(), decision: at(), complaint: at() },
  breaches: { triage: at(), 'first-contact': at(), decision: at(), complaint: at() },
  openedAt: at(),
  changedAt: at(),
};
