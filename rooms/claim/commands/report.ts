import { z } from 'zod';
import { dayOf } from '../../calendar.ts';
import { issuesOf, reject } from '../../kit.ts';
import { Uuid } from '../../values.ts';
import { Loss, LossDraft } from '../claim.ts';
import { holderOf } from '../holder.ts';
import { command } from './command.ts';

export const report = command({
  summary: 'Give notice of a loss: submit the draft, or the whole form at once.',
  opens: { customer: 'holder', supervisor: 'supervisor', agent: 'desk', system: 'system' },
  may: ['holder', 'desk', 'handler', 'supervisor'],
  when: ['draft'],
  input: z.strictObject({ holderId: Uuid.optional(), loss: LossDraft.default({}) }),
  facts: ['claimNumber'],
  decide(claim, { holderId, loss }, { by, now, facts }) {
    const holder = claim.holderId || holderOf(by, holderId);
    if (typeof holder !== 'string') return holder;
    const whole = Loss.safeParse({ ...claim.loss, ...loss });
    if (!whole.success)
      return reject('invalid', {
        issues: issuesOf(whole.error).map((issue) => ({ ...issue, path: `loss.${issue.path}` })),
      });
    if (whole.data.occurredOn > dayOf(now))
      return reject('claim/loss-in-future', { occurredOn: whole.data.occurredOn });
    return [{ type: 'reported', data: { holderId: holder, number: facts.claimNumber, loss: whole.data } }];
  },
});
