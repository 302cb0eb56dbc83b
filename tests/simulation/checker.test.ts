/** The checker itself: satisfied with a sound run, and each invariant goes red by the fault it is there for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entitled } from '../../rooms/permissions.ts';
import { system } from '../../src/runtime/system.ts';
import { check, invariantNames } from './checker.ts';
import { ann, evidenceOf, henry, id, room, row, type Run, soundRun, sue } from './sound-run.ts';
import { changed, faults, having } from './unsound-runs.ts';

const redOf = (change: (run: Run) => Partial<Run>): string[] => {
  const run = soundRun();
  return Object.keys(check(evidenceOf({ ...run, ...change(run) })).red).sort();
};

test('a sound run contradicts nothing', () => {
  assert.deepEqual(
    redOf(() => ({})),
    [],
  );
});

for (const [what, change, red] of faults)
  test(`it is found out when ${what}`, () => assert.deepEqual(redOf(change), [...red].sort()));

test('each invariant has a fault that is about it', () => {
  assert.deepEqual(new Set(faults.map(([, , [first]]) => first)), new Set(invariantNames));
});

test('what the system does because it fell due was asked for by nobody, and is right', () => {
  const draft = { holderId: henry.customerId, loss: {} };
  const expired = ({ lines }: Run) => ({
    events: [
      row(1, sue, 'supervisor', 'draftStarted', draft, id(5)),
      row(2, system, 'system', 'withdrawn', { reason: 'Never sent.' }, id(6)),
    ],
    head: { epoch: 1, seq: 2, owner: 'a' },
    lines: [{ ...lines[0]!, name: 'startDraft', input: draft }],
    refusedReactions: [],
    messages: [],
    watchings: [],
  });
  assert.deepEqual(redOf(expired), []);
});

test('before everything is healed, late is not wrong', () => {
  const late = ({ watchings, sight }: Run) => ({
    isHealed: false,
    watchings: changed(watchings, 0, {
      room: { id: room, state: { status: 'stale' as const, ...sight('holder', 2) } },
    }),
  });
  assert.deepEqual(redOf(late), []);
});

test('what was decided by the roles of before is right for a while', () => {
  const demoted = (run: Run) => {
    const former = entitled({ ...ann, roles: [] });
    return { ...having('ann', former, ann)(run), callers: new Map([...run.callers, ['ann', former]]), watchings: [] };
  };
  assert.deepEqual(redOf(demoted), []);
});
