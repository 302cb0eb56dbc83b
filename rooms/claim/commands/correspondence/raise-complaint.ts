import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { reweigh } from '../../priority.ts';
import { complaintDueBy } from '../../targets.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const raiseComplaint = command({
  summary: 'Complain about how the claim is dealt with.',
  may: ['holder', 'handler', 'desk', 'supervisor', 'system'],
  when: when('raiseComplaint'),
  input: z.strictObject({ text: Text(4_000).meta({ title: 'What went wrong?' }) }),
  decide(claim, { text }, { now }) {
    if (claim.complaint?.status === 'open') return reject('claim/complaint-open');
    const dueBy = complaintDueBy(now);
    const after = { ...claim, complaint: { status: 'open' as const, text, raisedAt: now, dueBy } };
    return [{ type: 'complaintRaised', data: { text, dueBy, ...reweigh(claim, after, now) } }];
  },
});
