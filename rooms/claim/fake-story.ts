/** For tests of claims: a claim taken on by commands, as people would, one after the other. */
import assert from 'node:assert/strict';
import type { Facts } from '../facts.ts';
import { noOffice } from '../given.ts';
import { type Caller, execute, isRejection } from '../kit.ts';
import type { Claim } from './claim.ts';
import type { Event } from './fake-claims.ts';
import { claimRoom } from './room.ts';
import type { CommandName } from './transitions.ts';

const start = '2026-01-01T09:00:00.000Z';
export interface Story {
  readonly claim: Claim;
  /** It is done, by one event; the claim goes on from there. */
  does(name: CommandName, input: unknown, by: Caller, now?: string): Story;
  /** It is turned down with this code (and these details), and nothing has changed. */
  refuses(name: CommandName, input: unknown, by: Caller, code: string, details?: object, now?: string): Story;
  /** The data of the event that would follow. */
  dataOf(name: CommandName, input: unknown, by: Caller, now?: string): object;
}

/** From a history on, with these facts known. */
export const story = (history: readonly Event[], known: Partial<Facts> = {}): Story => {
  const facts: Facts = {
    claimNumber: 'CLM-2026-0000001',
    policyAtLoss: null,
    possibleDuplicates: [],
    ...noOffice,
    ...known,
  };
  let claim: Claim = claimRoom.initial;
  let seq = 0;
  let latest = start;
  const happens = ({ type, data }: { type: string; data: unknown }, at: string, accountId: string, seat: string) => {
    claim = claimRoom.apply[type as 'triaged'](claim, data as never, {
      at,
      by: { accountId, seat: seat as 'system' },
      seq: ++seq,
    });
  };
  for (const event of history) happens(event, start, 'system', 'system');
  const ask = (name: CommandName, input: unknown, by: Caller, now: string) =>
    execute(claimRoom, claim, { name, input, isNew: seq === 0 }, { room: 'claim/1', by, now, facts });

  const told: Story = {
    get claim() {
      return claim;
    },
    does(name, input, by, now = latest) {
      const outcome = ask(name, input, by, now);
      assert.ok(!isRejection(outcome), `${name} by ${by.accountId}: ${JSON.stringify(outcome)}`);
      latest = now;
      for (const event of outcome.events) happens(event, now, by.accountId, outcome.seat);
      return told;
    },
    refuses(name, input, by, code, details, now = latest) {
      const outcome = ask(name, input, by, now);
      assert.ok(isRejection(outcome), `${name} by ${by.accountId} was done`);
      assert.equal(outcome.rejected, code, `${name} ${JSON.stringify(outcome)}`);
      if (details) assert.deepEqual(outcome.details, details);
      return told;
    },
    dataOf(name, input, by, now = latest) {
      const outcome = ask(name, input, by, now);
      assert.ok(!isRejection(outcome), `${name} by ${by.accountId}: ${JSON.stringify(outcome)}`);
      assert.equal(outcome.events.length, 1);
      return outcome.events[0]!.data as object;
    },
  };
  return told;
};
