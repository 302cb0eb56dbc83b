/** What falls due on a claim if nobody acts. */
import { addDays, endOf } from '../calendar.ts';
import type { Deadline } from '../kit.ts';
import type { Claim, Target } from './claim.ts';
import { appealUntil, draftDays, nearAt } from './targets.ts';
import { unfinished } from './unfinished.ts';

export const deadlines = (claim: Claim): readonly Deadline[] => {
  const due: Deadline[] = [];
  if (claim.status === 'draft')
    due.push({
      name: 'draft-expires',
      at: addDays(claim.changedAt, draftDays),
      command: 'withdraw',
      input: { reason: 'Never sent.' },
    });
  for (const target of Object.keys(claim.due) as Target[]) {
    const at = claim.due[target]!;
    // A time that was missed once is not missed again; while we wait for the holder our clock to decide stands still.
    if (claim.breaches[target] === at || (target === 'decision' && claim.waitingSince !== undefined)) continue;
    // First it is near, then it is due: one row at a time.
    const near = claim.warned?.[target] === at ? undefined : nearAt(target, at, claim.priority);
    due.push(
      near === undefined
        ? { name: `${target}-due`, at, command: 'noteBreach', input: { target } }
        : { name: `${target}-near`, at: near, command: 'noteNear', input: { target } },
    );
  }
  const { assignment, handlerId } = claim;
  if (claim.status === 'assigned' && handlerId !== undefined && assignment?.answerBy !== undefined)
    due.push({
      name: 'answer-due',
      at: assignment.answerBy,
      command: 'passOn',
      input: { handlerId, cause: 'unanswered' },
    });
  if (claim.status === 'awaiting_info')
    for (const [requestId, { status, dueOn, isOverdue }] of Object.entries(claim.requests))
      if (status === 'open' && !isOverdue)
        due.push({ name: `request-due-${requestId}`, at: endOf(dueOn), command: 'noteOverdue', input: { requestId } });
  // Whatever still stands in the way: once it is gone, this is due again.
  if (claim.status === 'denied' && claim.decidedAt !== undefined && unfinished(claim).length === 0)
    due.push({ name: 'appeal-lapses', at: appealUntil(claim.decidedAt), command: 'close', input: {} });
  return due;
};
