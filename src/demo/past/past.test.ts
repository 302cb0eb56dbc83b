import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dayOf } from '../../../rooms/calendar.ts';
import { statuses } from '../../../rooms/claim/claim.ts';
import { deadlines } from '../../../rooms/claim/deadlines.ts';
import { story } from '../../../rooms/claim/fake-story.ts';
import { Peril } from '../../../rooms/claim/loss.ts';
import type { CommandName } from '../../../rooms/claim/transitions.ts';
import { demoClaims } from '../claims.ts';
import { demoPolicies } from '../policies.ts';
import { createCover } from './cover.ts';
import { demoPast } from './past.ts';
import { claimCount } from './stories.ts';
import { unknownNumber } from './telling.ts';

const now = '2026-11-20T15:04:05.678Z';
const past = demoPast(now);
const claims = [...past.claims.values()];
/** A Saturday night, a bank holiday, the end of a February, a Monday morning. */
const otherDays = [
  '2026-11-21T23:59:00.000Z',
  '2027-01-01T10:00:00.000Z',
  '2028-02-29T12:00:00.000Z',
  '2027-05-10T06:30:00.000Z',
];

describe('the demo’s past', () => {
  test('is of three hundred claims, among them those the greeting leads to', () => {
    assert.equal(past.claims.size, claimCount);
    assert.equal(claimCount, 300);
    assert.equal(past.claims.get(demoClaims.first)?.status, 'assigned');
    assert.equal(past.claims.get(demoClaims.draft)?.status, 'draft');
  });

  test('the room accepts every step of', () => {
    const coverAt = createCover(demoPolicies(dayOf(now)));
    for (const [room, steps] of Map.groupBy(past.steps, (step) => step.room)) {
      const { policyNumber = '', occurredOn = dayOf(now) } = past.claims.get(room)!.loss;
      const told = story([], { policyAtLoss: coverAt(policyNumber, occurredOn) });
      for (const { name, input, by, at } of steps) told.does(name as CommandName, input, by, at);
      assert.equal(told.claim.status, past.claims.get(room)!.status);
    }
  });

  for (const day of [now, ...otherDays])
    test(`told on ${day} knows every status and every peril, nothing of tomorrow, and leaves nothing overdue`, () => {
      const { steps, claims: told } = demoPast(day);
      const known = [...told.values()];
      assert.deepEqual(new Set(known.map(({ status }) => status)), new Set(statuses));
      assert.deepEqual(new Set(known.map(({ loss }) => loss.peril)), new Set(Peril.options));
      for (const [i, { at }] of steps.entries()) assert.ok(at <= day && at >= (steps[i - 1]?.at ?? ''), at);
      const overdue = known.flatMap((claim) => deadlines(claim).filter(({ at }) => at <= day));
      assert.deepEqual(overdue, []);
    });

  test('is the same each time it is told, and the same claims on every day', () => {
    assert.deepEqual(demoPast(now), past);
    assert.deepEqual([...demoPast(otherDays[0]!).claims.keys()].toSorted(), [...past.claims.keys()].toSorted());
    assert.equal(new Set(past.steps.map(({ id }) => id)).size, past.steps.length);
  });

  test('is of eight weeks', () => {
    const days = new Set(past.steps.map(({ at }) => dayOf(at)));
    assert.ok(days.size > 50, `${days.size} days`);
    assert.ok(past.steps[0]!.at > '2026-08-20' && past.steps[0]!.at < '2026-10-01', past.steps[0]!.at);
  });

  test('writes down no claim number, as those are given when it is sent', () => {
    assert.ok(!JSON.stringify(past.steps).includes(unknownNumber));
  });

  test('names nobody: addresses end in .example, telephone numbers are those kept for drama', () => {
    const written = JSON.stringify([past.steps.map(({ input }) => input), demoPolicies(dayOf(now))]);
    const emails = written.match(/[^\s"]+@[^\s"]+/g)!;
    assert.ok(emails.length > 100);
    assert.deepEqual(
      emails.filter((email) => !email.endsWith('@claimroom.example')),
      [],
    );
    const phones = written.match(/(?<![\w-])(?:\+44|0)\d[\d ]{8,12}\d/g)!;
    assert.ok(phones.length > 100);
    assert.deepEqual(
      phones.filter((phone) => !/^(01632 960|07700 900)\d{3}$/.test(phone)),
      [],
    );
  });
});

describe('among the claims are', () => {
  test('payments at every point of their way, and a reserve that waits for a supervisor', () => {
    const payments = claims.flatMap((claim) => Object.values(claim.payments).map(({ status }) => status));
    const all = ['pending_approval', 'rejected', 'approved', 'issued', 'cleared', 'stopped', 'voided', 'failed'];
    assert.deepEqual(new Set(payments), new Set(all));
    const waiting = claims.filter(({ reserveLines }) => Object.values(reserveLines).some(({ pending }) => pending));
    assert.ok(waiting.length >= 3, `${waiting.length}`);
  });

  test('requests that are open, overdue, met', () => {
    const requests = claims.flatMap((claim) => Object.values(claim.requests));
    for (const isMeant of [
      (it: (typeof requests)[number]) => it.status === 'open' && !it.isOverdue,
      (it: (typeof requests)[number]) => it.status === 'open' && it.isOverdue,
      (it: (typeof requests)[number]) => it.status === 'met',
    ])
      assert.ok(requests.filter(isMeant).length >= 3);
  });

  test('forty of one stormy night', () => {
    const storm = claims.filter(({ loss }) => loss.isCatastrophe);
    assert.equal(storm.length, 40);
    assert.equal(new Set(storm.map(({ loss }) => loss.occurredOn)).size, 1);
  });

  test('six with one witness and one garage, all of them looked into, and no money goes out', () => {
    const ring = claims.filter(({ parties }) => Object.values(parties).some(({ phone }) => phone === '07700 900417'));
    assert.equal(ring.length, 6);
    assert.ok(ring.every(({ investigation }) => investigation));
    assert.ok(ring.filter(({ paymentHold }) => paymentHold).length >= 3);
  });

  test('complaints open and answered both ways, claims taken up again, verdicts, recoveries, shares of the blame', () => {
    const outcomes = claims.flatMap(({ complaint }) => (complaint ? [complaint.outcome ?? 'open'] : []));
    assert.deepEqual(new Set(outcomes), new Set(['open', 'upheld', 'rejected']));
    assert.ok(claims.filter(({ reopenCount }) => reopenCount > 0).length >= 4);
    assert.ok(claims.filter(({ rating }) => rating).length >= 20);
    assert.ok(claims.some(({ recoveries }) => Object.values(recoveries).some(({ received }) => received.amount > 0)));
    assert.ok(claims.filter(({ liability }) => Object.keys(liability).length > 1).length >= 2);
    assert.ok(claims.some(({ messages }) => Object.values(messages).some(({ to }) => to === 'us')));
  });

  test('hardly any whose cover is in question', () => {
    const doubtful = claims.filter(({ coverage }) => coverage && coverage.inQuestion.length > 0);
    assert.equal(doubtful.length, 1);
  });
});
