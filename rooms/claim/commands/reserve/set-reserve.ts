import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Money, Text } from '../../../values.ts';
import { notIn } from '../../checks.ts';
import { overAuthority } from '../../money/authority.ts';
import { closedExposure } from '../../money/exposures.ts';
import { full } from '../../most.ts';
import { reweigh } from '../../priority.ts';
import { lineAt, lineFields, lineKey, namedLine, reserved, reserveBeyond } from '../../money/reserves.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const setReserve = command({
  summary: 'Put money aside for what is still to be paid; without a line, for the claim as a whole.',
  may: ['handler', 'supervisor'],
  when: when('setReserve'),
  input: z.strictObject({
    reserve: Money.meta({ title: 'Reserve' }),
    ...lineFields,
    why: Text(500).meta({ title: 'Why' }).optional(),
    requestApproval: z.boolean().meta({ title: 'Ask somebody with more authority, if need be' }).default(false),
  }),
  decide(claim, { reserve, why, requestApproval, ...name }, { by, now }) {
    const key = lineKey(name);
    const line = lineAt(claim.reserveLines, key);
    const refusal =
      notIn(claim, reserve) ??
      closedExposure(claim, name.exposureId) ??
      (line ? null : full('reserveLines', Object.keys(claim.reserveLines).length));
    if (refusal) return refusal;
    const isBeyond = reserveBeyond(claim, key, reserve, by.limits.reserve);
    if (isBeyond && !requestApproval) return overAuthority(claim, by.limits.reserve);
    if (reserve.amount === line?.open.amount) return reject('claim/unchanged', { field: 'reserve' });
    const data = {
      reserve,
      ...(line && { was: line.open }),
      ...namedLine(name),
      ...(why !== undefined && { why }),
    };
    if (isBeyond) return [{ type: 'reserveAsked', data }];
    const after = { ...claim, ...reserved(claim, name, reserve) };
    return [{ type: 'reserveSet', data: { ...data, ...reweigh(claim, after, now) } }];
  },
});
