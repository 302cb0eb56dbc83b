import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandId } from './command-id.ts';

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('twenty thousand ids in a row are well formed, different and rising', () => {
  const ids = Array.from({ length: 20_000 }, commandId);
  assert.ok(ids.every((id) => shape.test(id)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
});

test('an id tells when it was made, and a clock set back makes no id fall', (t) => {
  const time = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const now = Date.now() + 60_000;
  t.mock.timers.enable({ apis: ['Date'], now });
  const first = commandId();
  assert.equal(time(first), now);
  t.mock.timers.setTime(now - 3_600_000);
  const second = commandId();
  assert.ok(second > first);
  assert.equal(time(second), now);
});
