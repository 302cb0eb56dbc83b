import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { LossDraft } from '../../claim.ts';
import { coverageOf, readCoverage } from '../../coverage.ts';
import { hasAmounts } from '../../money.ts';
import { changesIn } from '../../loss-changes.ts';
import { stillToCome } from '../../loss-day.ts';
import { reweigh } from '../../priority.ts';
import { when } from '../../transitions.ts';
import { wholeLoss } from '../../validation.ts';
import { command } from '../command.ts';

export const amendLoss = command({
  summary: 'Correct or complete what was reported; what it was before is kept.',
  may: ['holder', 'desk', 'handler', 'supervisor', 'system'],
  when: when('amendLoss'),
  input: z.strictObject({ loss: LossDraft, why: Text(500).meta({ title: 'Why' }).optional() }),
  facts: ['policyAtLoss', 'possibleDuplicates'],
  decide(claim, { loss, why }, { now, facts, seat }) {
    const changes = changesIn(claim.loss, loss);
    if (!changes) return reject('claim/unchanged', { field: 'loss' });
    const whole = wholeLoss({ ...claim.loss, ...loss });
    if ('rejected' in whole) return whole;
    const early = stillToCome(whole, now);
    if (early) return early;
    // Whether there are amounts is not for holders to find out.
    if (changes.now.currency !== undefined && (hasAmounts(claim) || seat === 'holder'))
      return reject('claim/currency-fixed');
    const { policyAtLoss, possibleDuplicates } = facts;
    const coverage = readCoverage(policyAtLoss, whole, claim.holderId);
    const after = { ...claim, loss: whole, coverage: coverageOf(coverage) };
    return [
      {
        type: 'lossAmended',
        data: {
          loss: changes.now,
          was: changes.was,
          coverage,
          ...(possibleDuplicates.length > 0 && { possibleDuplicates: [...possibleDuplicates] }),
          ...(why !== undefined && { why }),
          ...reweigh(claim, after, now),
        },
      },
    ];
  },
});
