/** What an agent is given and lets go of, as the claims tell; and what their record says. */
import { z } from 'zod';
import { reject } from '../../kit.ts';
import { Instant, Uuid7 } from '../../values.ts';
import { atWork, command } from './command.ts';

export const work = {
  hand: command({
    summary: 'A claim is in their hands.',
    may: ['system'],
    when: atWork,
    input: z.strictObject({
      claimId: Uuid7,
      number: z.string().max(60),
      priority: z.string().max(10),
      answerBy: Instant.optional(),
    }),
    decide: (_, { answerBy, ...claim }) => [
      { type: 'handed', data: { ...claim, ...(answerBy !== undefined && { answerBy }) } },
    ],
  }),
  noteAnswer: command({
    summary: 'They have said that they have it.',
    may: ['system'],
    when: atWork,
    input: z.strictObject({ claimId: Uuid7 }),
    decide: ({ claims }, { claimId }) =>
      claims[claimId]?.answerBy === undefined
        ? reject('session/not-waiting', { claimId })
        : [{ type: 'answered', data: { claimId } }],
  }),
  release: command({
    summary: 'A claim is no longer theirs.',
    may: ['system'],
    when: atWork,
    input: z.strictObject({ claimId: Uuid7 }),
    decide: ({ claims }, { claimId }) =>
      claims[claimId] === undefined
        ? reject('session/not-in-hand', { claimId })
        : [{ type: 'released', data: { claimId } }],
  }),
  readRecord: command({
    summary: 'Read the agent’s record again: it has changed.',
    may: ['system', 'supervisor'],
    when: atWork,
    input: z.strictObject({}),
    facts: ['agentRecord'],
    decide(_, __, { facts: { agentRecord: record } }) {
      if (!record) return reject('session/no-record');
      const { inHand: ___, skills, areas, ...about } = record;
      return [{ type: 'recordChanged', data: { ...about, skills: [...skills], areas: [...areas] } }];
    },
  }),
};
