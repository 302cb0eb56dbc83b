import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { openQuestions } from '../../coverage.ts';
import { ownClaim } from '../../money/authority.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const confirmCoverage = command({
  summary: 'Say why the policy pays in spite of what is in question about it; it holds until the loss is told anew.',
  may: ['supervisor'],
  when: when('confirmCoverage'),
  input: z.strictObject({ why: Text(2_000).meta({ title: 'Why it pays all the same' }) }),
  decide(claim, { why }, { by }) {
    const inQuestion = openQuestions(claim.coverage);
    if (inQuestion.length === 0) return reject('claim/nothing-in-question');
    return ownClaim(claim, by) ?? [{ type: 'coverageConfirmed', data: { inQuestion: [...inQuestion], why } }];
  },
});
