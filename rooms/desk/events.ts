/** What can happen at the desk. Events are for ever: fields may be added as optional, never changed or taken away. */
import { z } from 'zod';
import { Chosen } from '../claim/assignment.ts';

export const events = {
  /** Each claim is now told its handler; `settled`: of these nothing more is to be heard. */
  handedOut: z.strictObject({
    offers: z.array(z.strictObject({ claimId: z.string(), agentId: z.string(), chosen: Chosen })),
    settled: z.array(z.string()),
    /** As many as one turn may give: there may be more to give. */
    isMore: z.boolean(),
  }),
};
