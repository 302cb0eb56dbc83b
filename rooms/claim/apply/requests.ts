/** Asking for information and getting it. While we wait for the holder our own clocks stand still. */
import { addMs, msBetween } from '../../calendar.ts';
import type { Stamp } from '../../kit.ts';
import type { Claim } from '../claim.ts';
import { withNewest } from '../newest.ts';
import type { InformationRequest } from '../records.ts';
import { type Apply, changed, met, without } from './apply.ts';

type Requests = Claim['requests'];
const isOpen = ({ status }: InformationRequest) => status === 'open';

export const allWaived = (requests: Requests): Requests =>
  Object.values(requests).some(isOpen)
    ? Object.fromEntries(
        Object.entries(requests).map(([id, request]) => [
          id,
          isOpen(request) ? { ...request, status: 'waived' } : request,
        ]),
      )
    : requests;

/** The newest, and whichever are open, however old. */
const withRequest = (claim: Claim, id: string, request: InformationRequest): Requests => {
  const newest: Record<string, InformationRequest> = { ...withNewest(claim.requests, id, request) };
  for (const [key, old] of Object.entries(claim.requests)) if (key !== id && isOpen(old)) newest[key] = old;
  return newest;
};

/** When nothing is asked any more the claim goes back to where it stood, and what was due of us is due so much later. */
const settled = (claim: Claim, requests: Requests, stamp: Stamp, decideBy?: string): Claim => {
  const open = Object.values(requests).filter(isOpen);
  const isWaiting = open.some(({ to }) => to === 'holder');
  const { waitingSince, ...rest } = claim;
  const { decision } = claim.due;
  const isOver = waitingSince !== undefined && !isWaiting;
  const after: Claim = {
    ...(isOver ? rest : claim),
    requests,
    // Claims of before told no time: they were given as long as they had waited, nights and Sundays included.
    ...(isOver &&
      decision && { due: { ...claim.due, decision: decideBy ?? addMs(decision, msBetween(waitingSince, stamp.at)) } }),
  };
  if (open.length > 0 || !claim.previousStatus) return changed(after, stamp, {});
  return changed(without(after, 'previousStatus'), stamp, { status: claim.previousStatus });
};

export const requests = {
  informationAsked(claim, { id, to, dueOn, items }, stamp) {
    const n = claim.requestCount + 1;
    const asked = Object.fromEntries(Object.entries(items).map(([key, item], i) => [key, { n: i + 1, ...item }]));
    return changed(claim, stamp, {
      status: 'awaiting_info',
      previousStatus: claim.previousStatus ?? claim.status,
      ...(to === 'holder' && { due: met(claim, 'first-contact') }),
      ...(to === 'holder' && claim.waitingSince === undefined && { waitingSince: stamp.at }),
      requests: withRequest(claim, id, { n, to, dueOn, status: 'open', askedAt: stamp.at, items: asked }),
      requestCount: n,
    });
  },
  requestAnswered(claim, { id, answers, decideBy }, stamp) {
    const request = claim.requests[id]!;
    const items = Object.fromEntries(
      Object.entries(request.items).map(([key, item]) => {
        const { text, documentId } = answers[key] ?? {};
        if (text === undefined && documentId === undefined) return [key, item];
        return [
          key,
          {
            ...item,
            ...(text !== undefined && { answer: text }),
            ...(documentId !== undefined && { documentId }),
            metAt: stamp.at,
          },
        ];
      }),
    );
    const isMet = Object.values(items).every(({ metAt }) => metAt !== undefined);
    const after: InformationRequest = { ...request, items, status: isMet ? 'met' : 'open' };
    return settled(claim, { ...claim.requests, [id]: after }, stamp, decideBy);
  },
  requestWaived(claim, { id, why, decideBy }, stamp) {
    const after: InformationRequest = { ...claim.requests[id]!, status: 'waived', reason: why };
    return settled(claim, { ...claim.requests, [id]: after }, stamp, decideBy);
  },
  requestOverdue: (claim, { id }, stamp) =>
    changed(claim, stamp, { requests: { ...claim.requests, [id]: { ...claim.requests[id]!, isOverdue: true } } }),
} satisfies Partial<Apply>;
