import assert from 'node:assert/strict';
import { test } from 'node:test';
import { works } from './work/index.ts';
import { scheduleOf } from './work.ts';

const timing = { rate: 500, warmupSeconds: 2, seconds: 8, seed: 7 };
const counted = (values: Iterable<number>) => {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
};

for (const work of Object.values(works)) {
  test(`${work.name}: the same seed gives the same schedule, another seed another`, () => {
    assert.deepEqual(scheduleOf(work, timing), scheduleOf(work, timing));
    assert.notDeepEqual(scheduleOf(work, timing), scheduleOf(work, { ...timing, seed: 8 }));
  });

  test(`${work.name}: commands are due at the rate asked for, in order, and nobody sends more than their share`, () => {
    const { due, agent, claim } = scheduleOf(work, timing);
    assert.equal(due.length, 5_000);
    assert.ok(due.every((ms, n) => Math.floor(ms / 2) === n));
    assert.deepEqual(new Set(counted(agent).values()), new Set([due.length / work.agents]));
    assert.deepEqual(new Set(counted(claim).values()), new Set([due.length / work.claims]));
  });

  test(`${work.name}: agents note only on claims they have open, and a claim’s watchers are in one process`, () => {
    for (const [agent, claim] of work.pairs()) assert.ok(work.watches(agent).includes(claim));
    const groups = Array.from({ length: work.claims }, () => new Set<number>());
    for (let agent = 0; agent < work.agents; agent++)
      for (const claim of work.watches(agent)) groups[claim]!.add(work.groupOf(agent));
    assert.ok(groups.every((group) => group.size === 1));
  });
}

test('in the department every claim is watched by ten, and the one claim by all fifty', () => {
  for (const [name, watchers] of [
    ['department', 10],
    ['one-claim', 50],
  ] as const) {
    const { agents, watches } = works[name]!;
    const watched = Array.from({ length: agents }, (_, agent) => watches(agent)).flat();
    assert.deepEqual(new Set(counted(watched).values()), new Set([watchers]));
  }
});
