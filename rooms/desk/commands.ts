/** What may be asked of the desk: to look whether there is something to give out, and for the next claim. */
import { z } from 'zod';
import { commandsOf, reject } from '../kit.ts';
import { choose, nextFor } from './choose.ts';
import { type Desk, offersAtOnceMax, type Seat } from './desk.ts';
import type { events } from './events.ts';
import { look } from './offers.ts';

const command = commandsOf<Desk, Seat, typeof events>();

export const commands = {
  match: command({
    summary: 'Look who could take what is waiting, and give it to them.',
    opens: { 'system.act': 'system', 'agents.manage': 'supervisor' },
    may: ['system', 'supervisor'],
    when: 'any',
    input: z.strictObject({}),
    facts: ['deskNow'],
    decide(desk, _, { now, facts }) {
      const { waiting, atWork, settled } = look(desk, facts.deskNow, now);
      const offers = choose(waiting, atWork, desk.turns, offersAtOnceMax);
      // Nothing is written of a look that led to nothing: most of them do not.
      if (offers.length === 0) return reject('desk/nothing-to-give', { waiting: waiting.length });
      return [
        {
          type: 'handedOut',
          data: { offers: [...offers], settled: [...settled], isMore: offers.length === offersAtOnceMax },
        },
      ];
    },
  }),
  takeNext: command({
    summary: 'Take the next claim of the queue that you know how to handle.',
    opens: { 'claims.handle': 'agent' },
    may: ['agent'],
    when: 'any',
    input: z.strictObject({}),
    facts: ['deskNow'],
    decide(desk, _, { by, now, facts }) {
      const { waiting, atWork, settled } = look(desk, facts.deskNow, now);
      const me = atWork.find(({ agentId, status }) => agentId === by.agentId && status !== 'away');
      if (!me) return reject('desk/not-at-work');
      const offer = nextFor(me, waiting);
      if (!offer) return reject('desk/nothing-for-you', { waiting: waiting.length });
      return [{ type: 'handedOut', data: { offers: [offer], settled: [...settled], isMore: false } }];
    },
  }),
};
