import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import type { Ack, JoinAck } from '../rooms/protocol.ts';
import { assemble } from './assemble.ts';
import { boardId, sight } from './fake-server.ts';
import { limits } from './limits.ts';
import type { Time } from './time.ts';
import type { Wire } from './wire.ts';

/** What is waited for stays until the test lets it happen. */
const newTime = (random: number) => {
  const waits: { readonly ms: number; readonly run: () => void }[] = [];
  const time: Time = {
    after(ms, run) {
      const wait = { ms, run };
      waits.push(wait);
      return () => void waits.splice(waits.indexOf(wait), 1);
    },
    random: () => random,
    now: () => 0,
  };
  return { time, waits };
};
const newWire = (answers: readonly object[]) => {
  const asked: string[] = [];
  const answer = async (verb: string) => answers[asked.push(verb) - 1];
  const wire: Wire = {
    isUp: true,
    up: () => Promise.resolve(),
    ask: answer as Wire['ask'],
    signal() {},
    close() {},
  };
  return { wire, asked };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('rooms and outbox wait as long as the time they were given says, and no longer', async () => {
  const busy: Ack & JoinAck = { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 1_000 };
  const done: Ack = { ok: true, epoch: 1, seq: 1 };
  const { wire, asked } = newWire([busy, busy, sight(1, {}), done]);
  const { time, waits } = newTime(0.5);
  const client = assemble({ limits, time, wire: () => wire });
  const room = client.room(boardId);
  const joined = room.join();
  await settled();
  const sent = room.send('addNote', {});
  await settled();
  assert.deepEqual(asked, ['room:join', 'room:command']);
  assert.deepEqual(
    waits.map(({ ms }) => ms),
    [1_125, 1_125],
  );
  for (const { run } of waits.splice(0)) run();
  assert.ok((await joined).ok);
  assert.deepEqual(await sent, done);
});

test('a closed client waits for nothing', async () => {
  const busy: Ack & JoinAck = { ok: false, code: 'busy', retry: 'same-id' };
  const { time, waits } = newTime(0);
  const client = assemble({ limits, time, wire: () => newWire([busy, busy]).wire });
  const room = client.room(boardId);
  const outcomes = [room.join(), room.send('addNote', {})];
  await settled();
  assert.equal(waits.length, 2);
  client.close();
  for (const outcome of await Promise.all(outcomes)) assert.equal(outcome.ok || outcome.code, 'closed');
  assert.deepEqual(waits, []);
});

test('none of it has a socket, a clock or dice of its own', () => {
  const pending = ['assemble.ts'];
  const seen = new Set<string>();
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const script = stripTypeScriptTypes(readFileSync(new URL(file, import.meta.url), 'utf8'));
    assert.doesNotMatch(script, /setTimeout|setInterval|Math\.random|performance\.|socket\.io-client/, file);
    for (const [, imported] of script.matchAll(/from '\.\/([^']+)'/g)) pending.push(imported!);
  }
  assert.ok(['room.ts', 'outbox.ts', 'sight.ts', 'backoff.ts'].every((file) => seen.has(file)));
});
