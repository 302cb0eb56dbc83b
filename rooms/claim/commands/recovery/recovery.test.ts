/** What comes back of what was paid. */
import { callers, claimsByStatus, type Event, gbp, idOf, recoveryId } from '../../fake-claims.ts';
import { amountMax } from '../../../values.ts';
import { testCommands, worked } from '../../fake-rows.ts';

const { handler } = callers;
const { closed } = claimsByStatus;

testCommands(import.meta.dirname, {
  recordRecovery: {
    on: [
      ...closed,
      { type: 'recoveryRecorded', data: { id: recoveryId, kind: 'salvage', state: 'expected', amount: gbp(9_000) } },
    ],
    by: handler,
    input: { state: 'received' },
    may: 'handler supervisor system',
    when: `${worked} denied closed`,
    event: ['recoveryRecorded'],
    makes: {
      status: 'closed',
      [`recoveries/${recoveryId}`]: {
        n: 1,
        kind: 'salvage',
        expected: gbp(4_000),
        received: gbp(5_000),
        writtenOff: gbp(0),
      },
    },
    refuses: [
      ['claim/wrong-currency', { input: { amount: { amount: 1, currency: 'EUR' } } }, { currency: 'GBP' }],
      ['claim/no-such-party', { input: { partyId: idOf(99) } }, { id: idOf(99) }],
      ['claim/nothing-recovered', { input: { amount: gbp(0) } }, {}],
      ['claim/too-much', { input: { amount: gbp(amountMax), state: 'expected' } }, { max: gbp(amountMax) }],
      ['claim/other-recovery', { input: { kind: 'credit' } }, { kind: 'salvage' }],
      ['claim/over-expected', { input: { state: 'written-off', amount: gbp(9_001) } }, { expected: gbp(9_000) }],
      ['claim/over-expected', { input: { id: idOf(1), state: 'written-off' } }, { expected: gbp(0) }],
      [
        'claim/too-many',
        {
          on: [
            ...closed,
            ...Array.from(
              { length: 40 },
              (_, n): Event => ({
                type: 'recoveryRecorded',
                data: { id: idOf(n), kind: 'credit', state: 'received', amount: gbp(1) },
              }),
            ),
          ],
        },
        { of: 'recoveries', max: 40 },
      ],
    ],
  },
});
