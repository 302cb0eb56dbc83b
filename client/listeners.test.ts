import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createListeners } from './listeners.ts';

test('a listener that throws keeps nobody from hearing, and its error still surfaces', (t) => {
  const later: (() => void)[] = [];
  t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => later.push(run));
  const listeners = createListeners<number>();
  const heard: number[] = [];
  listeners.add(() => {
    throw new Error('a defect of the page');
  });
  listeners.add((value) => heard.push(value));
  listeners.tell(1);
  assert.deepEqual(heard, [1]);
  assert.throws(() => later[0]!(), /a defect of the page/);
});

test('who has unsubscribed hears nothing more, even in the middle of being told', () => {
  const listeners = createListeners<number>();
  const heard: string[] = [];
  listeners.add(() => stop());
  const stop = listeners.add(() => heard.push('second'));
  listeners.add(() => heard.push('third'));
  listeners.tell(1);
  assert.deepEqual(heard, ['third']);
});
