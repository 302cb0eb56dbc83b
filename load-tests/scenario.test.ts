import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenarios } from './scenarios/index.ts';
import { scheduleOf } from './scenario.ts';

const timing = { rate: 500, warmupSeconds: 2, seconds: 8, seed: 7 };
const counted = (values: Iterable<number>) => {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
};

for (const scenario of Object.values(scenarios)) {
  test(`${scenario.name}: the same seed gives the same schedule, another seed another`, () => {
    assert.deepEqual(scheduleOf(scenario, timing), scheduleOf(scenario, timing));
    assert.notDeepEqual(scheduleOf(scenario, timing), scheduleOf(scenario, { ...timing, seed: 8 }));
  });

  test(`${scenario.name}: commands are due at the rate asked for, in order, and nobody sends more than their share`, () => {
    const { due, agent, claim } = scheduleOf(scenario, timing);
    assert.equal(due.length, 5_000);
    assert.ok(due.every((ms, n) => Math.floor(ms / 2) === n));
    assert.deepEqual(new Set(counted(agent).values()), new Set([due.length / scenario.agents]));
    assert.deepEqual(new Set(counted(claim).values()), new Set([due.length / scenario.claims]));
  });

  test(`${scenario.name}: agents note only on claims they have open, and a claim’s watchers are in one process`, () => {
    for (const [agent, claim] of scenario.pairs()) assert.ok(scenario.watches(agent).includes(claim));
    const groups = Array.from({ length: scenario.claims }, () => new Set<number>());
    for (let agent = 0; agent < scenario.agents; agent++)
      for (const claim of scenario.watches(agent)) groups[claim]!.add(scenario.groupOf(agent));
    assert.ok(groups.every((group) => group.size === 1));
  });
}

test('dashboard: every claim is watched by ten', () => {
  const { agents, watches } = scenarios['dashboard']!;
  const watched = Array.from({ length: agents }, (_, agent) => watches(agent)).flat();
  assert.deepEqual(new Set(counted(watched).values()), new Set([10]));
});
