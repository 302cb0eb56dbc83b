/** What happened to a claim, what was said about it, and what is known of its assessment: each as far as the seat reaches. */
import { z } from 'zod';
import type { Claim } from '../../rooms/claim/claim.ts';
import type { DataOf } from '../../rooms/claim/events.ts';
import { partyOf } from '../../rooms/claim/seats.ts';
import type { Caller } from '../../rooms/kit.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import type { Stand, Telling } from '../../src/runtime/history.ts';
import type { StoredEvent } from '../../src/runtime/ports.ts';
import { refusal } from '../../src/runtime/waiting.ts';
import { isInside, timelineFor } from '../../src/read/claim-timeline.ts';
import { calledIn } from './claim-names.ts';
import { params, readRefusals, roomOf, Seq } from './claim-address.ts';
import { route } from './deps.ts';

const query = z.object({
  before: Seq.optional().meta({ description: 'The `next` of the page before.' }),
  limit: pageLimit(),
});
const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item).meta({ description: 'Newest first.' }),
    next: z.int().nullable().meta({ description: '`before` of the page after this one; null: that was all.' }),
  });
const By = z.object({
  seat: z.string().meta({ description: 'Where they sat. To those outside `us`, unless it was they themselves.' }),
  name: z.string().optional().meta({ description: 'Staff only.' }),
});
const claimOf = ({ state }: Stand) => state as Claim;

export const claimsHistory = [
  route({
    method: 'get',
    path: '/api/claims/:id/timeline',
    summary: 'What happened, in words, as far as your seat may know.',
    access: 'caller',
    params,
    query,
    reply: pageOf(z.object({ seq: z.int(), type: z.string(), at: z.string(), by: By, summary: z.string() })),
    refusals: readRefusals,
    async handle({ params: { id }, query: page, caller }, { history, names }) {
      const anybody = { who: (who: string) => who, agent: (agent: string) => agent };
      const found = await history.events(roomOf(id), caller, page, (stand) => {
        const { types, tell } = timelineFor(stand.seat, claimOf(stand));
        return { types, ...(types && { isTold: (event: StoredEvent) => tell(event, anybody) !== null }) };
      });
      if (!found.ok) return refusedBy(found);
      const { events, seat, next } = found;
      const called = await calledIn(names, claimOf(found), isInside(seat) ? events : []);
      const { tell } = timelineFor(seat, claimOf(found));
      const items = events.flatMap((event) => {
        const told = tell(event, called);
        if (!told) return [];
        const name = told.isNameTold ? called.account(event.byId) : undefined;
        const by = { seat: told.bySeat, ...(name !== undefined && { name }) };
        return [{ seq: event.seq, type: event.type, at: event.at, by, summary: told.summary }];
      });
      return answer({ items, next });
    },
  }),
  route({
    method: 'get',
    path: '/api/claims/:id/communications',
    summary: 'Every message, also those the claim itself no longer keeps: all of them for staff, for others their own.',
    access: 'caller',
    params,
    query,
    reply: pageOf(
      z.object({
        id: z.string(),
        seq: z.int(),
        at: z.string(),
        from: z.string().meta({ description: '`us`, `holder`, or the id of a party.' }),
        to: z.string(),
        channel: z.string(),
        text: z.string(),
        by: By,
      }),
    ),
    refusals: ['forbidden', ...readRefusals],
    async handle({ params: { id }, query: page, caller }, { history, names }) {
      const found = await history.events(roomOf(id), caller, page, (stand) => messagesFor(stand, caller));
      if (!found.ok) return refusedBy(found);
      const { events, seat, next } = found;
      const called = await calledIn(names, claimOf(found), isInside(seat) ? events : []);
      const items = events.map((event) => {
        const message = event.data as DataOf<'messageSent'>;
        return { ...message, seq: event.seq, at: event.at, by: byOf(event, seat, called) };
      });
      return answer({ items, next });
    },
  }),
  route({
    method: 'get',
    path: '/api/claims/:id/notes',
    summary: 'Every note, also those the claim itself no longer keeps. Staff only.',
    access: 'caller',
    params,
    query,
    reply: pageOf(z.object({ id: z.string(), seq: z.int(), at: z.string(), text: z.string(), by: By })),
    refusals: ['forbidden', ...readRefusals],
    async handle({ params: { id }, query: page, caller }, { history, names }) {
      const found = await history.events(roomOf(id), caller, page, ({ seat }) =>
        isInside(seat) ? { types: ['noteAdded'] } : refusal('forbidden', { seat }),
      );
      if (!found.ok) return refusedBy(found);
      const { events, seat, next } = found;
      const called = await calledIn(names, claimOf(found), events);
      const items = events.map((event) => {
        const { id: note, text } = event.data as DataOf<'noteAdded'>;
        return { id: note, seq: event.seq, at: event.at, text, by: byOf(event, seat, called) };
      });
      return answer({ items, next });
    },
  }),
];

const messagesFor = (stand: Stand, caller: Caller): Telling | ReturnType<typeof refusal> => {
  const types = ['messageSent'];
  const { seat } = stand;
  if (isInside(seat)) return { types };
  const me = seat === 'holder' ? 'holder' : seat === 'thirdParty' ? partyOf(claimOf(stand), caller) : undefined;
  if (me === undefined) return refusal('forbidden', { seat });
  const isTold = ({ data }: StoredEvent) => {
    const { from, to } = data as DataOf<'messageSent'>;
    return from === me || to === me;
  };
  return { types, isTold };
};

const byOf = (
  { byId, bySeat }: StoredEvent,
  seat: string,
  { account }: { account(id: string): string | undefined },
): z.input<typeof By> => {
  if (!isInside(seat)) return { seat: bySeat === seat ? seat : 'us' };
  const name = account(byId);
  return { seat: bySeat, ...(name !== undefined && { name }) };
};
