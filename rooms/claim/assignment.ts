/** How a claim comes to its handler, and what becomes of it if they do not answer. */
import { z } from 'zod';
import type { Claim } from './claim.ts';

/** Why it was this agent: what the desk went by, word for word, so that anybody can ask later. */
export const Chosen = z.strictObject({
  /** By the desk's rules, or taken by the agent themselves as the next of the queue. */
  by: z.enum(['rules', 'pull']),
  /** What the claim asks of whoever handles it; they know all of it. */
  skills: z.array(z.string()),
  /** Where both the loss and the agent are. */
  area: z.string().optional(),
  inHand: z.int().nonnegative(),
  capacity: z.int().nonnegative(),
  /** Of so many who could have taken it. */
  among: z.int().positive(),
});
export type Chosen = z.output<typeof Chosen>;

export interface Assignment {
  readonly at: string;
  /** Account of whoever gave it; `system` where the desk did. */
  readonly by: string;
  readonly chosen?: Chosen;
  /** Until then they are to say that they have it, or it goes on to somebody else. */
  readonly answerBy?: string;
  readonly answeredAt?: string;
}

/** More would only say that nobody wants it. */
const passedByMax = 5;

export const passedOn = ({ passedBy = [] }: Claim, agentId: string): readonly string[] =>
  [...passedBy.filter((id) => id !== agentId), agentId].slice(-passedByMax);
