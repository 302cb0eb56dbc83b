/** The grammar of the claims list: what each query parameter means, as it stands in the OpenAPI document. */
import { z } from 'zod';
import { Peril, Priority, statuses } from '../../rooms/claim/claim.ts';
import { Day, Text, Uuid } from '../../rooms/values.ts';
import { sortNames } from './claim-cursor.ts';
import { pageLimit } from '../http/counted.ts';

export const pageMax = 100;

/** Several values, separated by commas or by naming the parameter again: any of them will do. */
const anyOf = <const T extends string>(values: readonly T[], description: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .pipe(z.array(z.enum(values)).max(30))
    .optional()
    .meta({ description: `${description} One of ${values.join(', ')}, or several with commas: any of them.` });

// Postgres reads no more digits than these.
const Instant = z.iso
  .datetime()
  .max(30)
  .refine((at) => at >= '1900', 'an instant since 1900');
const Plain = (longest: number) => Text(longest).refine((text) => !/\p{Cc}/u.test(text), 'no control characters');

export const ClaimFilter = z.strictObject({
  status: anyOf(statuses, 'Where it stands.'),
  priority: anyOf(Priority.options, 'How urgent it is. Staff only.'),
  peril: anyOf(Peril.options, 'What happened.'),
  handler: z
    .union([z.enum(['me', 'none']), Uuid])
    .optional()
    .meta({ description: 'An agent’s id, `me`, or `none` for claims nobody handles yet. Staff only.' }),
  holder: Uuid.optional().meta({ description: 'The customer whose claim it is. Staff only.' }),
  policy: Plain(40).optional().meta({ description: 'A policy number, in full.' }),
  from: Day.optional().meta({ description: 'First day of loss.' }),
  to: Day.optional().meta({ description: 'Last day of loss.' }),
  updatedSince: Instant.optional().meta({ description: 'Something happened at or after this instant.' }),
  q: z.string().max(200).optional().meta({
    description:
      'Words, all of which must be there, each as the beginning of one: claim number, policy number, registration, place, what was told.',
  }),
  sort: z.enum(sortNames).default('-updatedAt').meta({
    description:
      '`-` for the greatest first. Rows without a number, priority or reserve come last. `priority` and `-reserve`: staff only.',
  }),
  after: z.string().max(300).optional().meta({
    description:
      'The `next` of the page before, with the same `sort`. While you page, claims that do not change come exactly once; one that does may move past you or come again.',
  }),
  limit: pageLimit(pageMax),
  count: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false)
    .meta({ description: 'Whether to count all that match, too.' }),
});
export type ClaimFilter = z.output<typeof ClaimFilter>;
