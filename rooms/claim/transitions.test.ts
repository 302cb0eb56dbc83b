/** Every pair of status and command: it leads where the table says, or is turned down saying what could be asked instead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from '../given.ts';
import { type AnyCommand, type Caller, isRejection, offers } from '../kit.ts';
import { type Claim, type Seat, type Status, statuses } from './claim.ts';
import { callers, claimsByStatus, director } from './fake-claims.ts';
import { inputs } from './fake-inputs.ts';
import { claimRoom } from './room.ts';
import { type CommandName, leadsTo, transitions, when } from './transitions.ts';

const names = Object.keys(transitions) as CommandName[];
/** Far enough on that whatever falls due is due. */
const later = '2026-03-01T09:00:00.000Z';
const bySeat: Readonly<Record<Seat, Caller>> = {
  ...callers,
  supervisor: { ...director, agentId: callers.desk.agentId },
};

/** Somebody who may ask it and has a seat at every claim. */
const askerOf = (name: CommandName): Caller => {
  const { may } = claimRoom.commands[name] as AnyCommand;
  const seat = (['supervisor', 'investigator', 'system', 'holder'] as const).find((each) => may.includes(each));
  assert.ok(seat, `nobody is always there who may ${name}`);
  return bySeat[seat];
};

test('the table names every command of the room, and no other', () => {
  assert.deepEqual([...names].sort(), Object.keys(claimRoom.commands).sort());
  for (const name of names) assert.deepEqual(claimRoom.commands[name].when, when(name));
});

test('the histories the tests start from stand where they say', () => {
  for (const status of statuses) assert.equal(given(claimRoom, ...claimsByStatus[status]).state.status, status);
});

for (const status of statuses)
  test(`every command on a claim that is ${status}`, () => {
    const claim = given(claimRoom, ...claimsByStatus[status]);
    for (const name of names.filter((each) => each !== 'startDraft')) {
      const by = askerOf(name);
      const outcome = claim.when(name, inputs[name], by, later);
      const seat = claimRoom.seat(claim.state, by)!;
      const may = leadsTo(name, status);
      const allowed = offers(claimRoom, claim.state, seat);
      assert.equal(allowed.includes(name), may.length > 0, `${name} is offered`);
      if (isRejection(outcome)) {
        if (may.length > 0) assert.notEqual(outcome.rejected, 'claim/not-now', name);
        else {
          assert.equal(outcome.rejected, 'claim/not-now', name);
          assert.deepEqual(outcome.details, { allowed, unmet: [{ status, needs: when(name) }] }, name);
        }
        continue;
      }
      const stamp = { at: later, by: { accountId: 'x', seat }, seq: 99 };
      const after = outcome.reduce(
        (state: Claim, { type, data }) => claimRoom.apply[type as 'triaged'](state, data as never, stamp),
        claim.state as Claim,
      );
      assert.ok(may.includes(after.status), `${name} to ${after.status}`);
    }
  });

test('from the first word on every status can be reached, and from each there is a way to an end', () => {
  const ends: readonly Status[] = ['closed', 'withdrawn', 'void'];
  const reach = (from: Status) => {
    const reached = new Set<Status>([from]);
    for (const at of reached) for (const name of names) for (const next of leadsTo(name, at)) reached.add(next);
    return reached;
  };
  assert.deepEqual([...reach('draft')].sort(), [...statuses].sort());
  for (const status of statuses)
    assert.ok(
      ends.some((end) => reach(status).has(end)),
      status,
    );
});
