import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Uuid7 } from '../../../values.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const linkDuplicate = command({
  summary: 'Say which claim is of the same loss and goes on instead of this one.',
  may: ['handler', 'desk', 'supervisor', 'system'],
  when: when('linkDuplicate'),
  input: z.strictObject({ claimId: Uuid7.meta({ title: 'The other claim' }) }),
  decide({ duplicateOf }, { claimId }, { room }) {
    if (room === `claim/${claimId}`) return reject('claim/own-duplicate');
    if (duplicateOf === claimId) return reject('claim/unchanged', { field: 'claimId' });
    return [{ type: 'duplicateLinked', data: { claimId } }];
  },
});
