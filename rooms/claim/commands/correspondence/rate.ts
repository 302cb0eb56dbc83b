import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const rate = command({
  summary: 'Say how it went, one to five.',
  may: ['holder'],
  when: when('rate'),
  input: z.strictObject({
    stars: z.int().min(1).max(5).meta({ title: 'How did it go?' }),
    comment: Text(2_000).meta({ title: 'What should we know?' }).optional(),
  }),
  decide: ({ rating, closedAt = '' }, { stars, comment }) =>
    // After it was taken up and closed once more there is something new to say.
    rating && rating.at >= closedAt
      ? reject('claim/already-rated')
      : [{ type: 'rated', data: { stars, ...(comment !== undefined && { comment }) } }],
});
