import { z } from 'zod';
import { Uuid } from '../../../values.ts';
import { LossDraft } from '../../claim.ts';
import { holderOf, opening } from '../../holder.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const startDraft = command({
  summary: 'Begin a claim and fill it in later.',
  opens: opening,
  may: [],
  when: when('startDraft'),
  input: z.strictObject({ holderId: Uuid.optional(), loss: LossDraft.default({}) }),
  decide(_, { holderId, loss }, { by, seat }) {
    const holder = holderOf(by, seat, holderId);
    return typeof holder === 'string' ? [{ type: 'draftStarted', data: { holderId: holder, loss } }] : holder;
  },
});
