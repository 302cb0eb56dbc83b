/** What the first claim room has stored is read as a whole claim. The samples are as version 1 wrote them, byte for byte. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Claim } from './claim.ts';
import { callers, gbp } from './fake-claims.ts';
import { claimRoom } from './room.ts';
import { upcast } from './upcast.ts';

const loss = `{"policyNumber":"POL-1","currency":"GBP","peril":"collision","occurredOn":"2025-12-30","place":"Leeds, A58","narrative":"Rear-ended.","isInjury":false,"isDrivable":true}`;
const at = '2026-01-01T09:00:00.000Z';
const events = `[
  ["draftStarted", {"holderId":"0190a000-0000-7000-8000-000000000001","loss":{"place":"Leeds"}}],
  ["reported", {"holderId":"0190a000-0000-7000-8000-000000000001","number":"CLM-2026-0000001","loss":${loss}}],
  ["triaged", {"priority":"P4","score":0}],
  ["assigned", {"handlerId":"0190a000-0000-7000-8000-000000000002"}],
  ["reserveSet", {"reserve":{"amount":90000,"currency":"GBP"}}],
  ["reserveSet", {"reserve":{"amount":150000,"currency":"GBP"},"was":{"amount":90000,"currency":"GBP"}}],
  ["noteAdded", {"id":"0190a000-0000-7000-8000-000000000009","text":"Called."}]
]`;
const last: Record<string, string> = {
  approved: `{"payable":{"amount":120000,"currency":"GBP"}}`,
  declined: `{"reason":"Wear and tear.","clause":"4.2"}`,
  withdrawn: `{"reason":"Paid it myself."}`,
};
const common = `"number":"CLM-2026-0000001","holderId":"0190a000-0000-7000-8000-000000000001","loss":${loss},"notes":{"0190a000-0000-7000-8000-000000000009":{"n":1,"text":"Called.","by":"hannah","at":"${at}"}},"noteCount":1,"openedAt":"${at}","changedAt":"${at}","priority":"P4","priorityScore":0,"handlerId":"0190a000-0000-7000-8000-000000000002","reserve":{"amount":150000,"currency":"GBP"}`;
const states: Record<string, string> = {
  approved: `{"status":"approved",${common},"payable":{"amount":120000,"currency":"GBP"}}`,
  declined: `{"status":"denied",${common},"reason":"Wear and tear."}`,
  withdrawn: `{"status":"withdrawn",${common},"reason":"Paid it myself."}`,
};

const replayed = (end: string): Claim => {
  const stored = [...(JSON.parse(events) as [string, unknown][]), [end, JSON.parse(last[end]!)] as [string, unknown]];
  return stored.reduce((claim: Claim, [type, data], i) => {
    const event = upcast.event(type, data, 1);
    const stamp = { at, by: { accountId: 'hannah', seat: 'handler' as const }, seq: i + 1 };
    return claimRoom.apply[event.type as 'triaged'](claim, event.data as never, stamp);
  }, claimRoom.initial);
};
const plain = (claim: Claim) => JSON.parse(JSON.stringify(claim));

for (const end of Object.keys(states))
  describe(`a claim whose last event was ${end}`, () => {
    const fromState = upcast.state(JSON.parse(states[end]!), 1);

    test('is the same from its snapshot as from its events', () => {
      // Only the clause was not kept in the state; it is in the journal.
      const { clause: _, ...fromEvents } = plain(replayed(end));
      assert.deepEqual(plain(fromState), fromEvents);
    });

    test('is what it was, and works in every view', () => {
      const was = JSON.parse(states[end]!);
      for (const key of Object.keys(was).filter((each) => each !== 'reserve' || end !== 'withdrawn'))
        assert.deepEqual(plain(fromState)[key], was[key], key);
      for (const view of Object.values(claimRoom.view)) assert.ok(view(fromState));
      assert.equal(claimRoom.seat(fromState, callers.handler), 'handler');
    });
  });

test('its reserve is the claim’s general line from now on', () => {
  const { reserveLines, reserve } = upcast.state(JSON.parse(states['approved']!), 1);
  assert.deepEqual(reserve, gbp(150_000));
  assert.deepEqual(reserveLines, {
    'claim.indemnity.general': {
      n: 1,
      costType: 'indemnity',
      costCategory: 'general',
      open: gbp(150_000),
      eroded: gbp(0),
    },
  });
});

test('a draft has neither been reported nor decided', () => {
  const draft = `{"status":"draft","number":"","holderId":"x","loss":{},"notes":{},"noteCount":0,"openedAt":"${at}","changedAt":"${at}"}`;
  const claim = upcast.state(JSON.parse(draft), 1);
  assert.deepEqual([claim.reportedAt, claim.decidedAt, claim.reserve], [undefined, undefined, undefined]);
  assert.equal(claimRoom.deadlines!(claim).length, 1);
});

test('version 1 is what is read this way', () => assert.equal(claimRoom.version, 2));
