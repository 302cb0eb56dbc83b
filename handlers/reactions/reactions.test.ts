/** Nobody is told what their seat may not see, whatever happens to a claim. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callers, claimsByStatus, holderId, type Event, partyAdded, partyId } from '../../rooms/claim/fake-claims.ts';
import { nextAsk, secret, usual } from '../../rooms/claim/fake-walk.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import type { Claim } from '../../rooms/claim/claim.ts';
import { noOffice } from '../../rooms/given.ts';
import { execute, isRejection } from '../../rooms/kit.ts';
import { reactions } from './index.ts';
import type { Notify, Told } from './notify.ts';

const room = 'claim/0190a000-0000-7000-8000-000000000001';
const facts = { claimNumber: 'CLM-2026-0000001', policyAtLoss: null, possibleDuplicates: [], ...noOffice } as never;

/** All that follows from an event. */
const following = (event: Event, state: Claim, seq: number, bySeat: string, at: string) =>
  reactions
    .filter(({ to }) => to === `claim.${event.type}`)
    .flatMap(({ causes }) => causes({ room, seq, at, byId: 'x', bySeat, data: event.data, state }));
const toldBy = (consequences: ReturnType<typeof following>): readonly Told[] =>
  consequences.flatMap((each) => ('task' in each && each.task === 'notify' ? (each.payload as Notify).told : []));

test('on any walk holders are told nothing that is secret, and their notices come from nobody else’s claim', () => {
  let toHolder = 0;
  for (let walk = 0; walk < 300; walk++) {
    let claim: Claim = claimRoom.initial;
    let seq = 0;
    let now = Date.parse('2026-01-01T09:00:00.000Z');
    for (let n = 0; n < 60; n++) {
      now += (walk * 7919 + n * 104_729) % 7_200_000;
      const at = new Date(now).toISOString();
      const ask = n < walk % usual.length ? usual[n]! : nextAsk(claim, seq === 0, walk * 1_000 + n);
      const outcome = execute(claimRoom, claim, { ...ask, isNew: seq === 0 }, { room, by: ask.by, now: at, facts });
      if (isRejection(outcome)) continue;
      const event = outcome.events[0] as Event;
      claim = claimRoom.apply[event.type as 'triaged'](claim, event.data as never, {
        at,
        by: { accountId: ask.by.accountId, seat: outcome.seat as 'system' },
        seq: ++seq,
      });
      for (const { to, text } of toldBy(following(event, claim, seq, outcome.seat, at)))
        if ('customerId' in to && to.customerId === claim.holderId) {
          toHolder++;
          assert.ok(!text.includes(secret), `${event.type}: ${text}`);
          assert.ok(text.length <= 600);
        }
    }
  }
  assert.ok(toHolder > 500, `${toHolder} notices`);
});

const after = (status: keyof typeof claimsByStatus): Claim =>
  [...claimsByStatus[status], partyAdded].reduce(
    (claim, { type, data }, i) =>
      claimRoom.apply[type as 'triaged'](claim, data as never, {
        at: '2026-01-01T09:00:00.000Z',
        by: { accountId: 'x', seat: 'system' },
        seq: i + 1,
      }),
    claimRoom.initial as Claim,
  );
const told = (event: Event, bySeat: string) =>
  toldBy(following(event, after('assigned'), 9, bySeat, '2026-01-01T10:00:00.000Z'));
const message = (from: string, to: string, text = 'Hello.'): Event => ({
  type: 'messageSent',
  data: { id: partyId, from, to, text, channel: 'portal' },
});

test('a message is told to whom it was written, and to the handler what comes from outside', () => {
  assert.deepEqual(told(message('us', 'holder', secret), 'handler'), [
    { to: { customerId: holderId }, level: 'info', text: 'CLM-2026-0000001: We wrote to you.' },
  ]);
  const fromHolder = told(message('holder', 'us'), 'holder');
  assert.deepEqual(
    fromHolder.map(({ to }) => to),
    [{ agentId: callers.handler.agentId }],
  );
  assert.deepEqual(told(message('us', partyId, 'Dear Tess'), 'handler'), [
    { to: { accountId: callers.thirdParty.accountId }, level: 'info', text: 'CLM-2026-0000001: Dear Tess' },
  ]);
});

test('a suspicion is told to nobody', () => {
  for (const event of [
    { type: 'referred', data: { why: secret } },
    { type: 'paymentsHeld', data: { why: secret } },
  ] as const)
    assert.deepEqual(told(event, 'investigator'), []);
});

test('a missed time is told to the handler’s session, the handler and everybody who supervises', () => {
  const breached: Event = { type: 'slaBreached', data: { target: 'decision', dueAt: '2026-01-01T09:30:00.000Z' } };
  assert.deepEqual(
    told(breached, 'system').map(({ to, level }) => [to, level]),
    [
      [{ agentId: callers.handler.agentId }, 'urgent'],
      [{ permission: 'claims.supervise' }, 'urgent'],
    ],
  );
  const all = following(breached, after('assigned'), 9, 'system', '2026-01-01T10:00:00.000Z');
  const sent = all.flatMap((each) => ('send' in each ? [`${each.send.room} ${each.send.name}`] : []));
  assert.deepEqual(sent, [`session/${callers.handler.agentId} alert`]);
});
