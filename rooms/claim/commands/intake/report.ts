import { z } from 'zod';
import { Uuid } from '../../../values.ts';
import { LossDraft } from '../../claim.ts';
import { inCurrencyOf, readCoverage } from '../../coverage.ts';
import { holderOf, opening } from '../../holder.ts';
import { stillToCome } from '../../loss-day.ts';
import { triageBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { wholeLoss } from '../../validation.ts';
import { command } from '../command.ts';

export const report = command({
  summary: 'Give notice of a loss: submit the draft, or the whole form at once.',
  opens: opening,
  may: ['holder', 'desk', 'handler', 'supervisor', 'system'],
  when: when('report'),
  input: z.strictObject({ holderId: Uuid.optional(), loss: LossDraft.default({}) }),
  facts: ['claimNumber', 'policyAtLoss', 'possibleDuplicates', 'catastrophe'],
  decide(claim, { holderId: named, loss: told }, { by, seat, now, facts }) {
    const holderId = claim.holderId || holderOf(by, seat, named);
    if (typeof holderId !== 'string') return holderId;
    const whole = wholeLoss({ ...claim.loss, ...told });
    if ('rejected' in whole) return whole;
    const early = stillToCome(whole, now);
    if (early) return early;
    const { claimNumber: number, policyAtLoss: policy, possibleDuplicates, catastrophe } = facts;
    return [
      {
        type: 'reported',
        data: {
          holderId,
          number,
          loss: inCurrencyOf(policy, whole, holderId),
          coverage: readCoverage(policy, whole, holderId),
          ...(possibleDuplicates.length > 0 && { possibleDuplicates: [...possibleDuplicates] }),
          ...(catastrophe && { catastrophe }),
          triageBy: triageBy(now),
        },
      },
    ];
  },
});
