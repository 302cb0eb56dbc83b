/** Who gets which claim. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AtWork, choose, nextFor, type Waiting } from './choose.ts';

const claim = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  priority: 'P3',
  skills: ['motor'],
  place: 'Leeds, A58',
  passedBy: [],
  changedAt: '2026-01-01T09:00:00.000Z',
  ...more,
});
const agent = (agentId: string, more: Partial<AtWork> = {}): AtWork => ({
  agentId,
  status: 'available',
  skills: ['motor'],
  areas: [],
  capacity: 10,
  inHand: 0,
  ...more,
});
const given = (waiting: readonly Waiting[], agents: readonly AtWork[], turns: Record<string, number> = {}) =>
  choose(waiting, agents, turns, 50).map(({ claimId, agentId }) => `${claimId} ${agentId}`);

describe('a claim goes to', () => {
  test('somebody who knows all it asks for, and to nobody else', () => {
    const agents = [agent('ann'), agent('ben', { skills: ['motor', 'injury'], inHand: 9 })];
    assert.deepEqual(given([claim('1', { skills: ['motor', 'injury'] })], agents), ['1 ben']);
    assert.deepEqual(given([claim('2', { skills: ['travel'] })], agents), []);
  });
  test('somebody who works where it happened, before others who have less to do', () => {
    const agents = [agent('ann'), agent('ben', { areas: ['Leeds'], inHand: 9 })];
    const [offer] = choose([claim('1')], agents, {}, 50);
    assert.deepEqual([offer!.agentId, offer!.chosen.area], ['ben', 'Leeds']);
    assert.deepEqual(given([claim('2', { place: 'Leedsham' })], agents), ['2 ann'], 'a word is a word');
  });
  test('whoever has least of what they can take, not least of all', () => {
    assert.deepEqual(given([claim('1')], [agent('ann', { inHand: 4 }), agent('ben', { inHand: 5, capacity: 20 })]), [
      '1 ben',
    ]);
  });
  test('whoever’s turn was longest ago, where all else is equal', () => {
    const agents = [agent('ann'), agent('ben'), agent('cat')];
    assert.deepEqual(given([claim('1')], agents, { ann: 7, ben: 5, cat: 6 }), ['1 ben']);
    assert.deepEqual(
      given(
        ['1', '2', '3', '4'].map((id) => claim(id)),
        agents,
      ),
      ['1 ann', '2 ben', '3 cat', '4 ann'],
    );
  });
  test('nobody who is busy, away, or has as much as they can take; but what is most urgent waits for nobody', () => {
    const agents = [agent('ann', { status: 'busy' }), agent('ben', { inHand: 10 }), agent('cat', { status: 'away' })];
    assert.deepEqual(given([claim('1'), claim('2', { priority: 'P1' })], agents), ['2 ben']);
  });
  test('somebody else than those who let it pass; to them when nobody else is there', () => {
    const passed = claim('1', { passedBy: ['ann'] });
    assert.deepEqual(given([passed], [agent('ann'), agent('ben', { inHand: 9 })]), ['1 ben']);
    assert.deepEqual(given([passed], [agent('ann')]), ['1 ann']);
  });
  test('them with the reason: what was asked for, how much they had, among how many', () => {
    const [offer] = choose([claim('1')], [agent('ann', { inHand: 3 }), agent('ben', { inHand: 4 })], {}, 50);
    assert.deepEqual(offer!.chosen, { by: 'rules', skills: ['motor'], inHand: 3, capacity: 10, among: 2 });
  });
});

test('whoever asks for the next gets the first they know how to handle, also beyond what the rules would give', () => {
  const waiting = [claim('1', { skills: ['home'] }), claim('2', { passedBy: ['ann'] }), claim('3')];
  assert.equal(nextFor(agent('ann', { inHand: 99 }), waiting)?.claimId, '3');
  assert.equal(nextFor(agent('ann'), waiting.slice(0, 2))?.claimId, '2');
  assert.equal(nextFor(agent('ann'), waiting.slice(0, 1)), undefined);
});

test('whatever waits and whoever is there: nothing is given twice, to nobody who cannot, to nobody beyond what they can take', () => {
  const skill = fc.constantFrom('motor', 'home', 'injury');
  const waitings = fc.uniqueArray(
    fc.record({
      id: fc.nat(99).map(String),
      priority: fc.constantFrom('P1', 'P2', 'P3', 'P4'),
      skills: fc.uniqueArray(skill, { maxLength: 2 }),
      place: fc.constantFrom('Leeds', 'York'),
      passedBy: fc.uniqueArray(fc.nat(9).map(String), { maxLength: 3 }),
      changedAt: fc.constant('2026-01-01T09:00:00.000Z'),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );
  const offices = fc.uniqueArray(
    fc.record({
      agentId: fc.nat(9).map(String),
      status: fc.constantFrom('available' as const, 'busy' as const, 'away' as const),
      skills: fc.uniqueArray(skill),
      areas: fc.constantFrom([], ['Leeds'], ['York']),
      capacity: fc.nat(8),
      inHand: fc.nat(8),
    }),
    { selector: ({ agentId }) => agentId },
  );
  fc.assert(
    fc.property(waitings, offices, (waiting, office) => {
      const offers = choose(waiting, office, {}, 20);
      assert.ok(offers.length <= 20);
      assert.equal(new Set(offers.map(({ claimId }) => claimId)).size, offers.length);
      const load = new Map(office.map(({ agentId, inHand }) => [agentId, inHand]));
      for (const { claimId, agentId } of offers) {
        const to = office.find((each) => each.agentId === agentId)!;
        const what = waiting.find((each) => each.id === claimId)!;
        assert.equal(to.status, 'available');
        assert.ok(what.skills.every((each) => to.skills.includes(each)));
        if (what.priority !== 'P1') assert.ok(load.get(agentId)! < to.capacity);
        load.set(agentId, load.get(agentId)! + 1);
      }
    }),
    { numRuns: 500 },
  );
});
