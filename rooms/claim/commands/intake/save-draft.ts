import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { LossDraft } from '../../claim.ts';
import { changesIn } from '../../loss-changes.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const saveDraft = command({
  summary: 'Fill in more of the draft; what is not named stays as it is.',
  may: ['holder', 'desk', 'handler', 'supervisor', 'system'],
  when: when('saveDraft'),
  input: z.strictObject({ loss: LossDraft }),
  decide(claim, { loss }) {
    const changes = changesIn(claim.loss, loss);
    return changes
      ? [{ type: 'draftSaved', data: { loss: changes.now } }]
      : reject('claim/unchanged', { field: 'loss' });
  },
});
