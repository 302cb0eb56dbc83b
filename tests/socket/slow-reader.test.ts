/** A watcher that stops reading while its claim is busy: dropped within a sweep or two, at no cost to memory or to the others. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { newBystander } from '../support/bystander.ts';
import { newPeople } from '../support/people.ts';
import { newRawSocket } from '../support/raw-socket.ts';
import { newServer } from '../support/server.ts';

const mb = 1_000_000;
/** Of what Node holds outside its heap, where unsent frames are. */
const heldMb = () => process.memoryUsage().external / mb;

test('a watcher that stops reading is dropped, and may come back for what it missed', async (t) => {
  const server = await newServer(t, { limits: { commandsPerSecondMax: 10_000 } });
  const { holder, supervisor, desk } = await newPeople(t, server);
  const bystander = await newBystander(t, server);
  const room = `claim/${randomUUIDv7()}`;
  await holder.send(room, 'startDraft', {});
  await supervisor.join(room);

  // Ten of them, each with a device that has gone to sleep.
  const asleep = await Promise.all(Array.from({ length: 10 }, () => newRawSocket(t, server)));
  for (const raw of asleep) {
    assert.ok(await raw.login(desk.token));
    assert.equal((await raw.ask('room:join', JSON.stringify({ room }))).ok, true);
    raw.tcp.pause();
  }

  // As much as the sockets' own buffers swallow, and then far more than the server may keep for ten.
  const before = heldMb();
  let mostMb = 0;
  const text = '€'.repeat(4_000);
  const rounds = 100;
  for (let round = 0; round < rounds; round++) {
    const acks = await Promise.all(
      Array.from({ length: 50 }, () => supervisor.send(room, 'addNote', { id: randomUUIDv7(), text })),
    );
    assert.ok(acks.every(({ ok }) => ok));
    mostMb = Math.max(mostMb, heldMb() - before);
  }
  t.diagnostic(`at most ${Math.round(mostMb)} MB held`);
  // Ten times sixty megabytes were meant for them.
  assert.ok(mostMb < 150, `${Math.round(mostMb)} MB held`);
  for (const { tcp } of asleep) tcp.resume();
  for (const { closed } of asleep) await closed();
  await supervisor.flush();
  assert.equal(supervisor.sight(room)!.seq, 1 + rounds * 50);

  const back = await newRawSocket(t, server);
  assert.ok(await back.login(desk.token));
  const ack = await back.ask('room:join', JSON.stringify({ room, since: { epoch: 1, seq: 1, seat: 'desk' } }));
  assert.equal(ack.seq, supervisor.sight(room)!.seq);
  await bystander.isUnharmed();
  assert.deepEqual(server.errors, []);
});
