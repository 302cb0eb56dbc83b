/** Coming to work and leaving, and being there meanwhile. */
import { z } from 'zod';
import { addMinutes, msBetween } from '../../calendar.ts';
import { reject } from '../../kit.ts';
import { may as mayOf } from '../../permissions.ts';
import { awayMinutes, endMinutes, type Session, signsApartMs } from '../session.ts';
import { atWork, command } from './command.ts';

const nothing = z.strictObject({});
const unanswered = ({ claims }: Session) =>
  Object.entries(claims).flatMap(([id, { answerBy }]) => (answerBy === undefined ? [] : [id]));

export const shift = {
  start: command({
    summary: 'Come to work.',
    opens: { 'desk.work': 'agent' },
    may: ['agent'],
    when: ['ended'],
    input: nothing,
    facts: ['agentRecord'],
    decide(_, __, { room, by, facts: { agentRecord: record } }) {
      // Nobody begins another's day; that there is such an agent is not said, either.
      if (by.agentId === undefined || room !== `session/${by.agentId}`) return reject('not-found');
      if (!record) return reject('session/no-record');
      const { skills, areas, inHand, ...about } = record;
      const copies = { skills: [...skills], areas: [...areas], inHand: [...inHand] };
      const may = { limits: { ...by.limits }, handlesClaims: mayOf(by, 'claims.handle') };
      return [{ type: 'started', data: { agentId: by.agentId, ...about, ...copies, ...may } }];
    },
  }),
  setStatus: command({
    summary: 'Say whether you can be given claims.',
    may: ['agent', 'supervisor'],
    when: atWork,
    input: z.strictObject({ status: z.enum(['available', 'busy', 'away']).meta({ title: 'Status' }) }),
    decide({ status: was, isSilent }, { status }) {
      if (status === was && !isSilent) return reject('session/unchanged', { status });
      return [{ type: 'statusSet', data: { status } }];
    },
  }),
  stillHere: command({
    summary: 'A sign of life from one of your devices. Send it about once a minute while somebody is there.',
    may: ['agent'],
    when: atWork,
    input: nothing,
    decide({ isSilent, seenAt }, _, { now }) {
      if (isSilent) return [{ type: 'cameBack', data: {} }];
      return msBetween(seenAt, now) < signsApartMs ? reject('session/seen-lately') : [{ type: 'seen', data: {} }];
    },
  }),
  end: command({
    summary: 'Leave work. What you were given and have not begun goes back to the queue.',
    may: ['agent', 'supervisor'],
    when: atWork,
    input: nothing,
    decide: (session, _, { seat }) => [
      {
        type: 'ended',
        data: { why: seat === 'supervisor' ? 'supervisor' : 'logout', unanswered: unanswered(session) },
      },
    ],
  }),
  noteSilence: command({
    summary: 'Nothing was heard for a while: they are away.',
    may: ['system'],
    when: ['available', 'busy'],
    input: nothing,
    decide: ({ seenAt }, _, { now }) =>
      now < addMinutes(seenAt, awayMinutes) ? reject('session/not-due') : [{ type: 'fellSilent', data: {} }],
  }),
  endBySilence: command({
    summary: 'Nothing was heard for long: the session is over.',
    may: ['system'],
    when: atWork,
    input: nothing,
    decide: (session, _, { now }) =>
      now < addMinutes(session.seenAt, endMinutes)
        ? reject('session/not-due')
        : [{ type: 'ended', data: { why: 'silence', unanswered: unanswered(session) } }],
  }),
};
