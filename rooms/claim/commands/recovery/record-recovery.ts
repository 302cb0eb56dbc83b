import { z } from 'zod';
import { reject } from '../../../kit.ts';
import { amountMax, Money, Uuid7 } from '../../../values.ts';
import { notIn, unknownWho } from '../../checks.ts';
import { RecoveryKind } from '../../money/records.ts';
import { inClaim } from '../../money.ts';
import { full } from '../../most.ts';
import { when } from '../../transitions.ts';
import { command } from '../command.ts';

export const recordRecovery = command({
  summary: 'Write down what is expected back of what was paid, what has come in, or what is given up.',
  may: ['handler', 'supervisor', 'system'],
  when: when('recordRecovery'),
  input: z.strictObject({
    id: Uuid7,
    kind: RecoveryKind.meta({ title: 'From what' }),
    state: z.enum(['expected', 'received', 'written-off']).meta({ title: 'What became of it' }),
    amount: Money.meta({ title: 'Amount' }),
    partyId: Uuid7.meta({ title: 'From whom' }).optional(),
  }),
  decide(claim, { id, kind, state, amount, partyId }) {
    const before = Object.hasOwn(claim.recoveries, id) ? claim.recoveries[id] : undefined;
    const refusal =
      notIn(claim, amount) ??
      unknownWho(claim, partyId) ??
      (before ? null : full('recoveries', Object.keys(claim.recoveries).length));
    if (refusal) return refusal;
    if (amount.amount === 0) return reject('claim/nothing-recovered');
    if (before && before.kind !== kind) return reject('claim/other-recovery', { kind: before.kind });
    const expected = before?.expected.amount ?? 0;
    // Of one recovery is written down any number of times; each of its sums stays one that can be added up exactly.
    const sum = { expected, received: before?.received.amount ?? 0, 'written-off': before?.writtenOff.amount ?? 0 }[
      state
    ];
    if (sum + amount.amount > amountMax) return reject('claim/too-much', { max: inClaim(claim, amountMax) });
    if (state === 'written-off' && amount.amount > expected)
      return reject('claim/over-expected', { expected: inClaim(claim, expected) });
    const from = partyId !== undefined && { partyId };
    return [{ type: 'recoveryRecorded', data: { id, kind, state, amount, ...from } }];
  },
});
