/** The power of one of three machines fails: no packet comes from it any more, and nobody is told. Later it is back, with all it remembers. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { commandId, connect } from '../../../client/index.ts';
import { withoutNamespace } from '../../support/namespace.ts';
import { withoutRedis } from '../../support/redis.ts';
import { withoutBalancer } from '../many/balancer.ts';
import { newManyTrial, percentile } from '../many/trial.ts';

const skip = withoutRedis || withoutBalancer || withoutNamespace;

const darkAmongMany = async (t: TestContext, env: Readonly<Record<string, string>> = {}) => {
  const isWhole = Object.keys(env).length === 0;
  const trial = await newManyTrial(t, { isTwoApart: true, env });
  const { one, two, three } = trial.nodes;
  // People whose own connection is alive: whoever was connected to the dark machine must first notice that.
  const person = trial.people.agents[0]!;
  const alive = [one, three].map(({ url }) => connect({ url, token: person.token }));
  t.after(() => alive.forEach((client) => client.close()));
  const ask = async (id: `claim/${string}`, n: number) => {
    const since = performance.now();
    await trial.ledger.send(person, alive[n % 2]!.room(id), 'addNote', { id: commandId(), text: `Dark ${n}.` });
    return performance.now() - since;
  };
  trial.load.start();
  await trial.acked(900);
  const owned = [...(await trial.roomsOf('two'))] as `claim/${string}`[];
  await Promise.all(trial.load.rooms.slice(0, 2).map(ask));

  trial.apart!.goDark();
  const firsts = (await Promise.all(owned.map(ask))).sort((a, b) => a - b);
  if (!isWhole) return { owned, firsts };
  await trial.sent(2_100);
  trial.apart!.relight();
  await trial.sent(900);
  const verdict = await trial.verdict(
    'a machine goes dark, and is back after 7 s',
    () => `${owned.length} rooms taken; first ack p50 ${percentile(firsts, 0.5)}, p99 ${percentile(firsts, 0.99)} ms`,
  );
  t.diagnostic(`writes refused when it was back: ${await two.metric('claimroom_fenced_total')}`);
  return { owned, firsts, verdict };
};

test('when a machine goes dark the others go on with its rooms within three seconds, and nothing is lost when it is back', {
  skip,
}, async (t) => {
  const { owned, firsts, verdict } = await darkAmongMany(t);
  assert.deepEqual(verdict!.red, {});
  assert.equal(verdict!.figures.refused, 0);
  assert.ok(owned.length >= 20, 'it had rooms');
  assert.ok(percentile(firsts, 0.99) < 3_000);
});

test('nodes that wait too long for one that is silent are found out', { skip }, async (t) => {
  const { firsts } = await darkAmongMany(t, { LIMIT_MESH_PATIENCE_MS: '4000', LIMIT_MESH_SILENT_MS: '20000' });
  t.diagnostic(`first ack p50 ${percentile(firsts, 0.5)}, p99 ${percentile(firsts, 0.99)} ms`);
  assert.ok(percentile(firsts, 0.99) >= 3_000);
});
