/** Catastrophes, the open ones first. Declaring, changing and ending one are commands of its room. */
import { z } from 'zod';
import { Area } from '../../rooms/catastrophe/area.ts';
import { struckBy } from '../../rooms/board/standing.ts';
import { answer } from '../../src/http/route.ts';
import { Limit } from './dashboard-shapes.ts';
import { route } from './deps.ts';

export const catastrophes = [
  route({
    method: 'get',
    path: '/api/catastrophes',
    summary: 'Catastrophes, the open ones first: where and when, and how many claims each has brought.',
    access: 'boards.read',
    canWait: 1,
    query: z.strictObject({ limit: Limit }),
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          status: z.string(),
          points: z.int(),
          area: Area,
          declaredAt: z.string(),
          claims: z.int(),
          open: z.int(),
        }),
      ),
    }),
    refusals: ['busy', 'unavailable'],
    async handle({ query: { limit } }, { catastrophes, figures }) {
      const struck = struckBy(await figures.ready());
      const items = (await catastrophes(limit)).map((one) => {
        const { total = 0, open = 0 } = struck.get(one.id) ?? {};
        return { ...one, claims: total, open };
      });
      return answer({ items });
    },
  }),
];
