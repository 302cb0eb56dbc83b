/** Everything that can happen to an activity. Events are for ever: fields may be added as optional, never changed or taken away. */
import { z } from 'zod';

const id = z.string();
export const events = {
  planned: z.strictObject({
    subject: z.string(),
    dueAt: z.string(),
    claimId: id.optional(),
    agentId: id.optional(),
    rule: z.string().optional(),
  }),
  postponed: z.strictObject({ dueAt: z.string(), why: z.string() }),
  handedOn: z.strictObject({ agentId: id }),
  overdue: z.strictObject({}),
  escalated: z.strictObject({}),
  done: z.strictObject({ outcome: z.string().optional() }),
  cancelled: z.strictObject({ why: z.string() }),
};
