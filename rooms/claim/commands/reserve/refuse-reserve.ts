import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Text } from '../../../values.ts';
import { overAuthority } from '../../money/authority.ts';
import { lineAt, LineKey, reserveBeyond } from '../../money/reserves.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const refuseReserve = command({
  summary: 'Turn down, or take back, a reserve that waits for approval.',
  may: ['handler', 'desk', 'supervisor'],
  when: when('refuseReserve'),
  input: z.strictObject({ line: LineKey.meta({ title: 'Reserve line' }), why: Text(500).meta({ title: 'Why' }) }),
  decide(claim, { line: key, why }, { by }) {
    const pending = lineAt(claim.reserveLines, key)?.pending;
    if (!pending) return reject('claim/nothing-pending', { line: key });
    // Taking back is always one's own to do.
    if (pending.by !== by.accountId && reserveBeyond(claim, key, pending.reserve, by.limits.reserve))
      return overAuthority(claim, by.limits.reserve);
    return [{ type: 'reserveRefused', data: { line: key, why } }];
  },
});
