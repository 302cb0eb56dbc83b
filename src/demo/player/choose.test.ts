/** What the demo's people choose to do is always something the room accepts, and takes claims to their end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Claim, Seat } from '../../../rooms/claim/claim.ts';
import {
  assessorId,
  callers,
  director,
  type Event,
  handlerId,
  holderId,
  idOf,
  otherAgentId,
  policy,
} from '../../../rooms/claim/fake-claims.ts';
import { type Ask, nextAsk, usual } from '../../../rooms/claim/fake-walk.ts';
import { noOffice } from '../../../rooms/given.ts';
import { claimRoom } from '../../../rooms/claim/room.ts';
import { type Caller, execute, isRejection, offers } from '../../../rooms/kit.ts';
import { createDice } from '../past/dice.ts';
import { callerOf, demoIds } from '../people.ts';
import type { Office } from './act.ts';
import { actsOf, chooseAct } from './choose.ts';
import { colleagues, office } from './colleagues.ts';
import { newReport, type PolicySeen } from './reporting.ts';
import { turnsAt } from './turns.ts';

const later = (now: string, ms: number) => new Date(Date.parse(now) + ms).toISOString();
const newIds = () => {
  let n = 0x9000;
  return () => idOf(n++);
};

/** A claim that is played without a server. */
const newTable = (policyAtLoss: object) => {
  let claim: Claim = claimRoom.initial;
  let seq = 0;
  let now = '2026-01-01T09:00:00.000Z';
  const facts = {
    claimNumber: 'CLM-2026-0000001',
    policyAtLoss: policyAtLoss as typeof policy,
    possibleDuplicates: [],
    ...noOffice,
  };
  const ask = ({ name, input, by }: Ask) =>
    execute(claimRoom, claim, { name, input, isNew: seq === 0 }, { room: 'claim/1', by, now, facts });
  return {
    get claim() {
      return claim;
    },
    get now() {
      return now;
    },
    isNew: () => seq === 0,
    wait: (ms: number) => void (now = later(now, ms)),
    ask,
    does(asked: Ask) {
      const outcome = ask(asked);
      if (isRejection(outcome)) return outcome;
      for (const event of outcome.events as readonly Event[]) {
        const stamp = { at: now, by: { accountId: asked.by.accountId, seat: outcome.seat as Seat }, seq: ++seq };
        claim = claimRoom.apply[event.type as 'triaged'](claim, event.data as never, stamp);
      }
      return null;
    },
    glance(by: Caller) {
      const seat = claimRoom.seat(claim, by);
      if (seat === null) return null;
      // As it comes over the wire.
      const view = JSON.parse(JSON.stringify(claimRoom.view[seat](claim))) as object;
      return { seat, view, offers: offers(claimRoom, claim, seat) };
    },
  };
};

test('whatever has become of a claim, nobody thinks of anything the room would turn down', () => {
  const theirs: Office = { agents: [handlerId, otherAgentId], assessors: [assessorId], holders: [] };
  const seen = new Set<string>();
  const walks = fc.array(fc.record({ seed: fc.nat(2 ** 31), ms: fc.nat(86_400_000) }), { maxLength: 80, size: 'max' });
  fc.assert(
    fc.property(fc.nat(usual.length), walks, fc.string(), fc.boolean(), (got, walk, seed, isStaffed) => {
      const table = newTable(policy);
      for (const asked of usual.slice(0, got)) table.does(asked);
      for (const step of walk) {
        table.wait(step.ms);
        table.does(nextAsk(table.claim, table.isNew(), step.seed));
      }
      if (table.isNew()) return;
      const dice = createDice(seed);
      for (const me of [...Object.values<Caller>(callers), director]) {
        const glance = table.glance(me);
        if (!glance) continue;
        const here = isStaffed
          ? { ...theirs, holders: [holderId] }
          : { ...theirs, agents: [otherAgentId], assessors: [] };
        for (const { name, input } of actsOf(glance, { me, office: here, now: table.now, dice, newId: newIds() })) {
          const outcome = table.ask({ name, input, by: me });
          assert.ok(!isRejection(outcome), `${name} by ${me.accountId}: ${JSON.stringify(outcome)}`);
          seen.add(name);
        }
      }
    }),
    { numRuns: 500, seed: 20_260_101 },
  );
  assert.ok(seen.size >= 20, `tried ${[...seen].join(', ')}`);
});

const perils = ['collision', 'theft', 'fire', 'water', 'storm', 'glass', 'vandalism'];
const covered = { 'own-damage': { name: 'Own damage', perils, limit: null, excess: 0 } };
const carlsPolicy: PolicySeen = {
  number: 'MOT-118203',
  line: 'motor',
  currency: 'GBP',
  holder: { id: demoIds.carl },
  version: { coverages: covered },
};

/** One claim of Carl's, until nobody has anything to do about it. */
const played = (seed: string) => {
  const dice = createDice(seed);
  const newId = newIds();
  const carl = callerOf(demoIds.carl);
  const table = newTable({ ...policy, number: carlsPolicy.number, holderId: demoIds.carl, coverages: covered });
  const asked: Ask[] = [];
  const does = (step: Ask) => {
    asked.push(step);
    assert.equal(table.does(step), null, `${step.name} by ${step.by.accountId}`);
  };
  does({ ...newReport(carlsPolicy, false, dice, table.now)!, by: carl });
  for (let idle = 0; idle < 5 && asked.length < 100; ) {
    table.wait(2_000);
    if (table.claim.status === 'submitted') does({ name: 'triage', input: {}, by: callers.system });
    const known = { id: 'one', ...table.claim };
    const act = turnsAt(known, colleagues, dice)
      .values()
      .map(({ caller: me }) => {
        const glance = table.glance(me);
        const found = glance && chooseAct(glance, { me, office, now: table.now, dice, newId });
        return found && { name: found.name, input: found.input, by: me };
      })
      .find((found) => found !== null);
    idle = act ? 0 : idle + 1;
    if (act) does(act);
  }
  return { asked, status: table.claim.status };
};

test('a reported claim comes to its end in the hands of the office', () => {
  const stories = Array.from({ length: 150 }, (_, n) => played(`story ${n}`));
  const ends = new Map<string, number>();
  for (const { status } of stories) ends.set(status, (ends.get(status) ?? 0) + 1);
  assert.deepEqual(
    [...ends.keys()].filter((status) => !['closed', 'denied', 'withdrawn'].includes(status)),
    [],
    'none is left lying about',
  );
  assert.ok(ends.get('closed')! > 100, 'most are paid');
  const names = new Set(stories.flatMap(({ asked }) => asked.map(({ name }) => name)));
  for (const name of [
    'assign',
    'setReserve',
    'approveReserve',
    'askForInformation',
    'answerRequest',
    'addNote',
    'rate',
  ])
    assert.ok(names.has(name), name);
  for (const name of ['sendMessage', 'startAssessment', 'sendForReview', 'approve', 'decline', 'pay', 'approvePayment'])
    assert.ok(names.has(name), name);
  assert.ok(Math.max(...stories.map(({ asked }) => asked.length)) < 60, 'nobody goes round in circles');
});

test('the same seed makes the same choices, another one others', () => {
  assert.deepEqual(played('one'), played('one'));
  assert.notDeepEqual(played('one'), played('other'));
});
