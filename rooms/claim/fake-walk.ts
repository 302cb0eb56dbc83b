/** For tests of claims: what people might ask next, most of it sensible. All chances come from the numbers a walk is made of. */
import { type Caller, offers } from '../kit.ts';
import type { Claim } from './claim.ts';
import {
  assessorId,
  chosen,
  callers,
  director,
  gbp,
  handlerId,
  holderId,
  idOf,
  loss,
  otherAgentId,
  otherClaimId,
  otherHolderId,
  stranger,
} from './fake-claims.ts';
import { claimRoom } from './room.ts';
import type { CommandName } from './transitions.ts';

/** In every text that outsiders must never read. */
export const secret = 'For us alone';
const aside = (pick: Pick) => `${secret}: ${pick(['red flag', ' a\nb ', '🦊', '__proto__'])}`;

export interface Ask {
  readonly name: string;
  readonly input: unknown;
  readonly by: Caller;
}
type Pick = <T>(choices: readonly T[]) => T;

/** A small generator of its own: the same numbers, the same walk. */
const dice = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Those who take a claim on come by more often. */
const { handler, supervisor, system, holder } = callers;
const people: readonly Caller[] = [
  ...Object.values(callers),
  handler,
  handler,
  handler,
  handler,
  supervisor,
  supervisor,
  director,
  director,
  system,
  holder,
  stranger,
];
/** How a claim usually goes, as far as it got. */
export const usual: readonly Ask[] = [
  { name: 'startDraft', input: {}, by: holder },
  { name: 'report', input: { loss }, by: holder },
  { name: 'triage', input: {}, by: system },
  { name: 'assign', input: { handlerId }, by: supervisor },
  { name: 'setReserve', input: { reserve: gbp(400_000) }, by: handler },
  { name: 'openExposure', input: { id: idOf(0x600), coverage: 'own-damage' }, by: handler },
  { name: 'approve', input: { payable: gbp(150_000) }, by: handler },
  { name: 'pay', input: { id: idOf(0x700), amount: gbp(150_000), kind: 'final' }, by: handler },
  { name: 'issuePayment', input: { paymentId: idOf(0x700) }, by: handler },
  { name: 'clearPayment', input: { paymentId: idOf(0x700) }, by: system },
  { name: 'closeExposure', input: { exposureId: idOf(0x600), outcome: 'completed' }, by: handler },
  { name: 'close', input: {}, by: system },
];
/** What ends a claim, or stops it for long, is asked more rarely than what takes it on. */
const weights: { readonly [N in CommandName]?: number } = {
  withdraw: 0.08,
  discard: 0.1,
  handBack: 0.2,
  passOn: 1.5,
  noteNear: 1,
  acknowledge: 0.5,
  appeal: 4,
  markVoid: 0.1,
  decline: 0.3,
  holdPayments: 0.2,
  referToInvestigation: 0.3,
  liftHold: 3,
  closeInvestigation: 3,
  report: 4,
  triage: 4,
  takeOver: 0.5,
  assign: 3,
  setReserve: 4,
  sendForReview: 2,
  approve: 3,
  approvePartially: 1,
  pay: 5,
  approvePayment: 3,
  issuePayment: 4,
  clearPayment: 5,
  close: 4,
  closeExposure: 2,
  waiveRequest: 3,
  answerRequest: 3,
  rate: 2,
  noteOverdue: 14,
  approveReserve: 6,
  refuseReserve: 4,
  reopenExposure: 3,
};

const idsIn = (entries: object, pick: Pick) => {
  const ids = Object.keys(entries);
  return ids.length > 0 ? pick(ids) : idOf(0xfff);
};
/** Few of each, so that walks come back to the same ones. */
const few = (from: number, pick: Pick) => idOf(from + pick([0, 1, 2, 3]));

const inputOf = (name: CommandName, claim: Claim, pick: Pick): unknown => {
  const money = () => gbp(pick([0, 1, 999, 10_000, 10_000, 50_000, 150_000, 200_001, 400_000, 600_000]));
  const why = aside(pick);
  const line = () =>
    pick([{}, {}, { costType: 'expense' }, { exposureId: idsIn(claim.exposures, pick), costCategory: 'body' }]);
  const who = () => pick(['holder', 'holder', idsIn(claim.parties, pick)]);
  const paymentId = idsIn(claim.payments, pick);
  const requestId = idsIn(claim.requests, pick);
  const waiting = Object.keys(claim.reserveLines).filter((key) => claim.reserveLines[key]!.pending);
  const pending = pick([...waiting, ...waiting, 'claim.indemnity.general']);
  const items = Object.keys(claim.requests[requestId]?.items ?? {}).map((id) => ({ id, text: 'Here it is.' }));
  const told = { ...loss, peril: pick(['collision', 'theft', 'glass'] as const), isInjury: pick([true, false]) };
  const inputs: Readonly<Record<CommandName, () => unknown>> = {
    startDraft: () => pick([{}, { holderId }, { holderId, loss: { place: 'Leeds' } }, { holderId: otherHolderId }]),
    saveDraft: () => ({ loss: pick([{ place: 'York' }, { peril: 'fire' }, loss]) }),
    discard: () => ({}),
    report: () => pick([{ holderId, loss: told }, { loss: told }, {}, { loss: { ...loss, occurredOn: '2031-01-01' } }]),
    amendLoss: () => ({ loss: pick([told, { place: 'York' }, { currency: 'EUR' }, { needsHire: true }]), why }),
    triage: () => ({}),
    setPriority: () => ({ priority: pick(['P1', 'P2', 'P3', 'P4']), why }),
    assign: () => ({ handlerId: pick([handlerId, handlerId, otherAgentId]) }),
    takeOver: () => ({}),
    allot: () => ({ handlerId: pick([handlerId, handlerId, otherAgentId]), chosen }),
    acknowledge: () => ({}),
    handBack: () => ({ why }),
    passOn: () => ({ handlerId: claim.handlerId ?? handlerId, cause: pick(['unanswered', 'session-ended']) }),
    askForInformation: () => ({
      id: few(0x100, pick),
      to: who(),
      dueOn: pick(['2026-01-05', '2026-02-01']),
      items: [{ id: idOf(0x110), kind: 'photo', text: 'The bumper, please.' }],
    }),
    answerRequest: () => ({ requestId, items: items.length > 0 ? items : [{ id: idOf(1), text: 'x' }] }),
    waiveRequest: () => ({ requestId, why }),
    noteOverdue: () => ({ requestId }),
    addNote: () => ({ id: idOf(0x200 + pick([...Array(30).keys()])), text: why }),
    sendMessage: () =>
      pick([
        { id: few(0x300, pick), text: 'Hello.' },
        { id: few(0x310, pick), to: few(0x400, pick), text: why },
      ]),
    addParty: () => ({ id: few(0x400, pick), role: pick(['claimant', 'witness']), name: why }),
    linkParty: () => ({ partyId: idsIn(claim.parties, pick), accountId: callers.thirdParty.accountId }),
    addVehicle: () => ({ id: few(0x500, pick), registration: secret, isInsured: true }),
    setLiability: () => ({
      shares: pick([{ holder: 100 }, { holder: 30, [idsIn(claim.parties, pick)]: 70 }, { holder: 99 }]),
    }),
    openExposure: () => ({
      id: few(0x600, pick),
      coverage: pick(['own-damage', 'liability', 'none']),
      claimant: who(),
    }),
    closeExposure: () => ({ exposureId: idsIn(claim.exposures, pick), outcome: 'completed' }),
    reopenExposure: () => ({ exposureId: idsIn(claim.exposures, pick), why }),
    setReserve: () => ({ reserve: money(), ...line(), why, requestApproval: pick([true, false]) }),
    approveReserve: () => ({ line: pending }),
    refuseReserve: () => ({ line: pending, why }),
    assignAssessor: () => ({ assessorId }),
    startAssessment: () => ({}),
    sendForReview: () => ({ why }),
    confirmCoverage: () => ({ why }),
    approve: () => ({ payable: money() }),
    approvePartially: () => ({ payable: money(), reason: 'Some was worn.', clause: '4.2' }),
    decline: () => ({ reason: 'Wear and tear.', clause: '4.2' }),
    appeal: () => ({ why }),
    pay: () => ({
      id: idOf(0x700 + pick([...Array(12).keys()])),
      payee: who(),
      amount: money(),
      kind: claim.status === 'closed' ? 'supplementary' : pick(['partial', 'partial', 'final']),
      ...line(),
      isNoDuplicate: pick([true, false]),
    }),
    approvePayment: () => ({ paymentId }),
    refusePayment: () => ({ paymentId, why }),
    issuePayment: () => ({ paymentId, reference: why }),
    clearPayment: () => ({ paymentId }),
    stopPayment: () => ({ paymentId, why }),
    voidPayment: () => ({ paymentId, why }),
    failPayment: () => ({ paymentId, why }),
    recordRecovery: () => ({
      id: few(0x800, pick),
      kind: pick(['subrogation', 'salvage']),
      state: pick(['expected', 'received', 'written-off']),
      amount: money(),
    }),
    referToInvestigation: () => ({ why, indicators: [secret] }),
    closeInvestigation: () => ({ disposition: 'pay', findings: why }),
    holdPayments: () => ({ why }),
    liftHold: () => ({ why }),
    linkDuplicate: () => ({ claimId: otherClaimId }),
    markVoid: () => ({ reason: pick(['duplicate', 'not-a-claim']), why: 'It was none.' }),
    withdraw: () => ({ reason: 'Paid it myself.' }),
    close: () => ({ why }),
    reopen: () => ({ reason: pick(['mistake', 'supplement']), why }),
    rate: () => ({ stars: pick([1, 5]) }),
    raiseComplaint: () => ({ text: 'Nobody rings me back.' }),
    resolveComplaint: () => ({ outcome: 'upheld', answer: 'We are sorry.' }),
    noteNear: () => ({ target: pick(['first-contact', 'decision', 'complaint']) }),
    noteBreach: () => ({ target: pick(['triage', 'first-contact', 'decision', 'complaint']) }),
  };
  return inputs[name]();
};

const strange: readonly unknown[] = [null, [], 'x', 1, { surprise: 1 }, JSON.parse('{"__proto__":{}}')];

/** What somebody asks next of a claim that stands like this. */
export const nextAsk = (claim: Claim, isNew: boolean, seed: number): Ask => {
  const roll = dice(seed);
  const pick: Pick = (choices) => choices[Math.floor(roll() * choices.length)]!;
  const by = pick(people);
  const seat = isNew ? null : claimRoom.seat(claim, by);
  const offered = seat === null ? [] : (offers(claimRoom, claim, seat) as readonly CommandName[]);
  const all = Object.keys(claimRoom.commands) as CommandName[];
  const isWild = roll() < 0.1 || offered.length === 0;
  const names = isNew ? (['startDraft', 'report'] as const) : isWild ? all : offered;
  let at = roll() * names.reduce((sum, each) => sum + (weights[each] ?? 1), 0);
  const name = names.find((each) => (at -= weights[each] ?? 1) < 0) ?? names[0]!;
  if (roll() < 0.01) return { name: 'no such command', input: {}, by };
  return { name, input: roll() < 0.02 ? pick(strange) : inputOf(name, claim, pick), by };
};
