/** Questions about how a claim stands that its view does not answer: what it still lacks, and where its assessment is. */
import { z } from 'zod';
import type { Claim } from '../../rooms/claim/claim.ts';
import { type Level, levels, validate } from '../../rooms/claim/validation.ts';
import { problem, refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { isInside } from '../../src/read/claim-timeline.ts';
import type { Names } from '../../src/read/names.ts';
import type { StoredEvent } from '../../src/runtime/ports.ts';
import { params, readRefusals, roomOf } from './claim-address.ts';
import { route } from './deps.ts';

const Issue = z.object({ path: z.string(), message: z.string() });

/** What is still to be done before money can move says more of a claim than outsiders may know. */
const levelsFor = (seat: string): readonly Level[] => {
  if (isInside(seat)) return levels;
  return seat === 'thirdParty' ? [] : ['draft', 'new-loss-complete'];
};

export const claimsStanding = [
  route({
    method: 'post',
    path: '/api/claims/:id/validate',
    summary: 'What the claim still lacks, level by level: to be kept, to be sent in, to be paid. Changes nothing.',
    access: 'caller',
    params,
    reply: z.object({
      seq: z.int(),
      levels: z
        .record(z.string(), z.array(Issue))
        .meta({ description: `By level (${levels.join(', ')}), as far as your seat may know. Empty: reached.` }),
    }),
    refusals: ['forbidden', ...readRefusals],
    async handle({ params: { id }, caller }, { history }) {
      const stand = await history.stand(roomOf(id), caller);
      if (!stand.ok) return refusedBy(stand);
      const shown = levelsFor(stand.seat);
      if (shown.length === 0) return problem('forbidden', { seat: stand.seat });
      const missing = validate(stand.state as Claim);
      const byLevel = Object.fromEntries(shown.map((level) => [level, [...missing[level]]]));
      return answer({ seq: stand.seq, levels: byLevel });
    },
  }),
  route({
    method: 'get',
    path: '/api/claims/:id/assessment-summary',
    summary: 'What is known of the assessment of the damage. Empty while nobody has been asked to assess it.',
    access: 'caller',
    params,
    reply: z.object({
      status: z.enum(['requested', 'in_progress', 'done']).optional(),
      requestedAt: z.string().optional(),
      startedAt: z.string().optional(),
      assessor: z
        .object({ id: z.string(), name: z.string().optional() })
        .optional()
        .meta({ description: 'For staff and the assessor.' }),
      assessmentId: z.string().optional().meta({ description: 'For staff and the assessor.' }),
    }),
    refusals: readRefusals,
    async handle({ params: { id }, caller }, { history, names }) {
      // That somebody has been asked to look is for the others to know only once they look.
      const found = await history.events(roomOf(id), caller, { limit: 100 }, ({ seat }) => ({
        types: ['assessmentStarted', ...(isTrusted(seat) ? ['assessorAssigned'] : [])],
      }));
      if (!found.ok) return refusedBy(found);
      const claim = found.state as Claim;
      const about = summaryOf(claim, found.events);
      return answer(isTrusted(found.seat) ? { ...about, ...(await assessorOf(claim, found.events, names)) } : about);
    },
  }),
];

const isTrusted = (seat: string) => isInside(seat) || seat === 'assessor';

type Events = readonly StoredEvent[];
const latest = (events: Events, type: string) => events.find((event) => event.type === type);

const summaryOf = ({ status, previousStatus }: Claim, events: Events) => {
  const requested = latest(events, 'assessorAssigned');
  const started = latest(events, 'assessmentStarted');
  if (!requested && !started) return {};
  const isAtWork = status === 'assessment' || (status === 'awaiting_info' && previousStatus === 'assessment');
  return {
    status: isAtWork ? ('in_progress' as const) : started ? ('done' as const) : ('requested' as const),
    ...(requested && { requestedAt: requested.at }),
    ...(started && { startedAt: started.at }),
  };
};

const assessorOf = async ({ assessorId }: Claim, events: Events, names: Names) => {
  const { assessmentId } = (latest(events, 'assessmentStarted')?.data ?? {}) as { readonly assessmentId?: string };
  const name = assessorId === undefined ? undefined : (await names.ofAgents([assessorId])).get(assessorId);
  return {
    ...(assessorId !== undefined && { assessor: { id: assessorId, ...(name !== undefined && { name }) } }),
    ...(assessmentId !== undefined && { assessmentId }),
  };
};
