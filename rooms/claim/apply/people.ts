/** Who and what a claim is about, and what is said to them and about them. */
import { noted } from '../notes.ts';
import { withNewest } from '../newest.ts';
import { type Apply, changed, met, weighed, without } from './apply.ts';

const next = (entries: object) => Object.keys(entries).length + 1;

export const people = {
  noteAdded: (claim, note, stamp) => changed(claim, stamp, noted(claim, note, stamp)),
  messageSent(claim, { id, ...message }, stamp) {
    const n = claim.messageCount + 1;
    return changed(claim, stamp, {
      messages: withNewest(claim.messages, id, { n, ...message, by: stamp.by.accountId, at: stamp.at }),
      messageCount: n,
      ...(message.to === 'holder' && { due: met(claim, 'first-contact') }),
    });
  },
  partyAdded: (claim, { id, reweighed, ...party }, stamp) =>
    changed(claim, stamp, {
      parties: { ...claim.parties, [id]: { n: next(claim.parties), ...party } },
      ...weighed(reweighed),
    }),
  /** In place of the link there was: a wrong one is mended by the right one. */
  partyLinked: (claim, { id, ...link }, stamp) =>
    changed(claim, stamp, {
      parties: { ...claim.parties, [id]: { ...without(claim.parties[id]!, 'customerId', 'accountId'), ...link } },
    }),
  vehicleAdded: (claim, { id, ...vehicle }, stamp) =>
    changed(claim, stamp, { vehicles: { ...claim.vehicles, [id]: { n: next(claim.vehicles), ...vehicle } } }),
  liabilitySet: (claim, { shares }, stamp) => changed(claim, stamp, { liability: shares }),
  complaintRaised: (claim, { text, dueBy, reweighed }, stamp) =>
    changed({ ...claim, breaches: without(claim.breaches, 'complaint') }, stamp, {
      complaint: { status: 'open', text, raisedAt: stamp.at, dueBy },
      due: { ...claim.due, complaint: dueBy },
      ...weighed(reweighed),
    }),
  complaintResolved: (claim, { outcome, answer, reweighed }, stamp) =>
    changed(claim, stamp, {
      complaint: { ...claim.complaint!, status: 'resolved', outcome, answer },
      due: met(claim, 'complaint'),
      ...weighed(reweighed),
    }),
  rated: (claim, rating, stamp) => changed(claim, stamp, { rating: { ...rating, at: stamp.at } }),
  referred: (claim, { why, indicators, reweighed }, stamp) =>
    changed(claim, stamp, {
      investigation: {
        status: 'open',
        reason: why,
        ...(indicators && { indicators }),
        by: stamp.by.accountId,
        at: stamp.at,
      },
      ...weighed(reweighed),
    }),
  investigationClosed: (claim, { disposition, findings, reweighed }, stamp) =>
    changed(claim, stamp, {
      investigation: { ...claim.investigation!, status: 'closed', disposition, findings },
      ...weighed(reweighed),
    }),
  paymentsHeld: (claim, { why }, stamp) =>
    changed(claim, stamp, { paymentHold: { reason: why, by: stamp.by.accountId, at: stamp.at } }),
  holdLifted: (claim, _, stamp) => changed(without(claim, 'paymentHold'), stamp, {}),
} satisfies Partial<Apply>;
