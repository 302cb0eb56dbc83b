/** The inbox over REST: what came in, page by page, as far back as it goes. */
import { z } from 'zod';
import { inboxRoom } from '../../rooms/inbox/room.ts';
import { pageLimit } from '../../src/http/counted.ts';
import { refusedBy } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { Seq } from './claim-address.ts';
import { route } from './deps.ts';

export const inbox = [
  route({
    method: 'get',
    path: '/api/inbox',
    summary: 'One’s own notices, the newest first, also those the room no longer shows.',
    access: 'caller',
    query: z.strictObject({
      before: Seq.optional().meta({ description: '`next` of the page before.' }),
      limit: pageLimit(),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          seq: z.int(),
          level: z.string(),
          text: z.string(),
          about: z.string().nullable(),
          at: z.string(),
        }),
      ),
      next: z.int().nullable(),
    }),
    refusals: ['unavailable'],
    async handle({ query: { before, limit }, caller }, { history }) {
      const page = await history.events(`inbox/${caller.accountId}`, caller, { before, limit }, () => ({
        types: ['noticed'],
      }));
      // Nothing has come in yet.
      if (!page.ok) return page.code === 'not-found' ? answer({ items: [], next: null }) : refusedBy(page);
      const items = page.events.map(({ seq, at, data }) => {
        const { id, level, text, about = null } = inboxRoom.events.noticed.parse(data);
        return { id, seq, level, text, about, at };
      });
      return answer({ items, next: page.next });
    },
  }),
];
