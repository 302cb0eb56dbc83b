/** Too many at once, and too slow: a storm of connections, and people who stop reading. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { commandId, connect } from '../../../client/index.ts';
import { newRawSocket } from '../../support/raw-socket.ts';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial } from '../many/trial.ts';
import { until } from '../until.ts';
import { newWatchers } from '../watchers.ts';
import { loss } from '../workload.ts';

const skip = withoutRedis || withoutBalancer;
const mb = 1e6;

test('hundreds who connect at once, and again when their node dies, are all let in, and the work goes on', {
  skip,
}, async (t) => {
  const trial = await newManyTrial(t);
  trial.load.start();
  await trial.acked(300);
  const since = performance.now();
  const crowd = await newWatchers(trial.balancer.url, trial.people, trial.load.rooms, 400);
  t.after(crowd.close);
  const seatedMs = Math.round(performance.now() - since);
  await trial.sent(300);
  await trial.nodes.three.kill9();
  const killedAt = performance.now();
  await until('everyone has lost or kept their seat', () => !crowd.areJoined, 5_000).catch(() => undefined);
  await until('the whole crowd is back', () => crowd.areJoined, 30_000);
  const backMs = Math.round(performance.now() - killedAt);
  await trial.nodes.three.start();
  await trial.sent(300);
  crowd.close();
  const { red, figures } = await trial.verdict(
    'storm: 400 at once, a node of theirs killed',
    () => `800 seats after ${seatedMs} ms, all back after ${backMs} ms`,
  );
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
});

test('people who stop reading are dropped, and cost the others nothing', { skip }, async (t) => {
  const trial = await newManyTrial(t, { env: { LIMIT_UNSENT_BYTES_PER_SOCKET_MAX: '300000' } });
  const { load, ledger, nodes, people } = trial;
  const { person, client } = load.supervisors[0]!;
  const claim = client.room(`claim/${commandId()}`);
  assert.ok((await ledger.send(person, claim, 'report', { holderId: randomUUID(), loss })).ok);
  // A client has one command under way per room.
  const talkers = Array.from({ length: 10 }, (_, n) => {
    const by = people.agents[n % people.agents.length]!;
    const own = connect({ url: trial.balancer.url, token: by.token });
    t.after(() => own.close());
    return { by, room: own.room(claim.id) };
  });
  const asleep = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const raw = await newRawSocket(t, trial.balancer);
      assert.ok(await raw.login(await people.agents[0]!.token()));
      assert.equal((await raw.ask('room:join', JSON.stringify({ room: claim.id }))).ok, true);
      raw.tcp.pause();
      return raw;
    }),
  );
  const memory = async () =>
    Math.max(...(await Promise.all(Object.values(nodes).map(({ metric }) => metric('process_resident_memory_bytes')))));
  load.start();
  await trial.acked(300);
  const before = await memory();
  let mostMb = 0;
  const text = '€'.repeat(4_000);
  for (let round = 0; round < 13; round++) {
    const said = talkers.map(async ({ by, room }) => {
      for (let n = 0; n < 10; n++) await ledger.send(by, room, 'addNote', { id: commandId(), text });
    });
    await Promise.all(said);
    mostMb = Math.max(mostMb, ((await memory()) - before) / mb);
  }
  await trial.sent(300);
  for (const { tcp } of asleep) tcp.resume();
  for (const { closed } of asleep) await closed();
  const { red, figures } = await trial.verdict(
    'slow consumers: 6 stop reading, 15 MB for each',
    () => `all dropped; a node grew by at most ${Math.round(mostMb)} MB`,
  );
  assert.deepEqual(red, {});
  assert.equal(figures.refused, 0);
  assert.ok(mostMb < 250, `${Math.round(mostMb)} MB`);
});
