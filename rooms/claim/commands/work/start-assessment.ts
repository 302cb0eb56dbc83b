import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid7 } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const startAssessment = command({
  summary: 'Begin the assessment of the damage.',
  may: ['handler', 'supervisor', 'assessor', 'system'],
  when: when('startAssessment'),
  input: z.strictObject({ assessmentId: Uuid7.meta({ title: 'Assessment' }).optional() }),
  decide: ({ assessorId }, { assessmentId }) =>
    assessorId === undefined
      ? reject('claim/no-assessor')
      : [{ type: 'assessmentStarted', data: assessmentId === undefined ? {} : { assessmentId } }],
});
