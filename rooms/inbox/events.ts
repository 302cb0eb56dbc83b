/** Everything that can happen in an inbox. Events are for ever: fields may be added as optional, never changed or taken away. */
import { z } from 'zod';
import { Level } from './inbox.ts';

const id = z.string();
export const events = {
  opened: z.strictObject({ accountId: id }),
  noticed: z.strictObject({
    accountId: id,
    id,
    level: Level,
    text: z.string(),
    about: z.string().optional(),
  }),
  read: z.strictObject({ ids: z.array(id) }),
  snoozed: z.strictObject({ id, until: z.string() }),
  woke: z.strictObject({ id }),
};
