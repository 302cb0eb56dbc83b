import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { overAuthority } from '../../money/authority.ts';
import { reweigh } from '../../priority.ts';
import { answered, lineAt, LineKey, reserveBeyond } from '../../money/reserves.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const approveReserve = command({
  summary: 'Agree to a reserve that was beyond somebody else’s authority.',
  may: ['handler', 'desk', 'supervisor'],
  when: when('approveReserve'),
  input: z.strictObject({ line: LineKey.meta({ title: 'Reserve line' }) }),
  decide(claim, { line: key }, { by, now }) {
    const line = lineAt(claim.reserveLines, key);
    if (!line?.pending) return reject('claim/nothing-pending', { line: key });
    const { reserve, by: asker } = line.pending;
    if (asker === by.accountId) return reject('claim/own-request');
    if (reserveBeyond(claim, key, reserve, by.limits.reserve)) return overAuthority(claim, by.limits.reserve);
    const after = { ...claim, ...answered(claim, key, reserve) };
    return [{ type: 'reserveApproved', data: { line: key, reserve, was: line.open, ...reweigh(claim, after, now) } }];
  },
});
