/** The letters the demo would have sent. Anywhere else there is nothing here. */
import { z } from 'zod';
import { problem } from '../../src/http/problem.ts';
import { answer } from '../../src/http/route.ts';
import { route } from './deps.ts';

const Letter = z.object({ to: z.string(), subject: z.string(), text: z.string(), sentAt: z.iso.datetime() });

export const authOutbox = [
  route({
    method: 'get',
    path: '/api/demo/outbox',
    summary: 'Of the demo only: the letters it would have sent, newest first.',
    access: 'public',
    reply: z.object({ letters: z.array(Letter) }),
    refusals: ['not-found'],
    async handle(_, { auth: { outbox }, config }) {
      return config.isDemo ? answer({ letters: [...(await outbox.list())] }) : problem('not-found');
    },
  }),
];
