import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { Percent } from '../../../values.ts';
import { unknownWho } from '../../checks.ts';
import { Who } from '../../records.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const setLiability = command({
  summary: 'Say who is liable for how much of the loss; the shares come to a hundred.',
  may: ['handler', 'supervisor'],
  when: when('setLiability'),
  input: z.strictObject({ shares: z.record(Who, Percent).meta({ title: 'Percent, by party' }) }),
  decide(claim, { shares }) {
    const entries = Object.entries(shares);
    const stranger = entries.map(([who]) => unknownWho(claim, who)).find((refusal) => refusal !== null);
    if (stranger) return stranger;
    const sum = entries.reduce((total, [, share]) => total + share, 0);
    if (sum !== 100) return reject('claim/liability-sum', { sum });
    const isSame =
      Object.keys(claim.liability).length === entries.length &&
      entries.every(([who, share]) => claim.liability[who] === share);
    return isSame ? reject('claim/unchanged', { field: 'shares' }) : [{ type: 'liabilitySet', data: { shares } }];
  },
});
