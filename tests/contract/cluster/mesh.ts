/** Node to node: links, asks and what is only told. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joined, type Open } from './opened.ts';

export const meshSuite = (name: string, open: Open) =>
  describe(`mesh, ${name}:`, () => {
    test('a link that comes up is told on both sides, once, and lives through silence', async (t) => {
      const cluster = await open(t);
      const a = await cluster.join('node-1.a');
      const told: string[] = [];
      a.mesh.onLink((node, state) => told.push(`${node} ${state}`));
      const b = await cluster.join('node-2.a');
      b.mesh.onLink((node, state) => told.push(`${node} ${state}`));
      await cluster.until(() => told.length >= 2);
      assert.deepEqual([a.mesh.stateOf('node-2.a'), b.mesh.stateOf('node-1.a')], ['up', 'up']);
      await cluster.advance(5 * cluster.silentMs);
      assert.deepEqual(told.toSorted(), ['node-1.a up', 'node-2.a up']);
    });

    test('each ask is answered by the node that was asked, from a copy and as a copy', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      const kept: object[] = [];
      for (const { membership, mesh } of [b, c])
        mesh.serve(async (from, message) => {
          kept.push(message);
          return { by: membership.self, from, message };
        });
      const question = { list: [1, { two: null }], text: 'ü' };
      assert.deepEqual(await a.mesh.ask('node-3.a', question), { by: 'node-3.a', from: 'node-1.a', message: question });
      assert.deepEqual(await a.mesh.ask('node-2.a', {}), { by: 'node-2.a', from: 'node-1.a', message: {} });
      assert.notEqual(kept[0], question);
      b.mesh.serve(async () => null);
      assert.equal(await a.mesh.ask('node-2.a', {}), null);
    });

    test('answers find their asks in whatever order they are given, however late', async (t) => {
      const cluster = await open(t);
      const [a, b] = await joined(cluster, 2);
      const answering: ((answer: unknown) => void)[] = [];
      b.mesh.serve(() => new Promise((resolve) => answering.push(resolve)));
      const answers = [1, 2, 3].map((n) => a.mesh.ask('node-2.a', { n }));
      await cluster.until(() => answering.length === 3);
      await cluster.advance(3 * cluster.silentMs);
      for (const n of [2, 0, 1]) answering[n]!({ answer: n + 1 });
      assert.deepEqual(await Promise.all(answers), [{ answer: 1 }, { answer: 2 }, { answer: 3 }]);
    });

    test('what one node says to another arrives in order, asked or told', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      const heard: { from: string; n: number }[] = [];
      c.mesh.serve(async (from, message) => void heard.push({ from, ...(message as { n: number }) }));
      const asked: Promise<unknown>[] = [];
      for (let n = 0; n < 100; n++)
        for (const { mesh } of [a, b]) {
          if (n % 3 === 0) asked.push(mesh.ask('node-3.a', { n }));
          else mesh.tell('node-3.a', { n });
        }
      await cluster.until(() => heard.length >= 200);
      for (const id of ['node-1.a', 'node-2.a'])
        assert.deepEqual(
          heard.filter(({ from }) => from === id).map(({ n }) => n),
          Array.from({ length: 100 }, (_, n) => n),
        );
      await Promise.all(asked);
    });

    test('a node nobody has heard of is not reached', async (t) => {
      const cluster = await open(t);
      const [a] = await joined(cluster, 2);
      assert.notEqual(a.mesh.stateOf('node-9.z'), 'up');
      await assert.rejects(a.mesh.ask('node-9.z', {}));
      a.mesh.tell('node-9.z', {});
    });

    test('when a node dies its links go down, what was asked rejects, and the other links do not mind', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      for (const { mesh } of [b, c]) mesh.serve(() => new Promise(() => {}));
      const told: string[] = [];
      for (const { membership, mesh } of [a, b])
        mesh.onLink((node, state) => told.push(`${membership.self}: ${node} ${state}`));
      const asked = assert.rejects(a.mesh.ask('node-3.a', {}));
      let isOtherOver = false;
      const over = () => (isOtherOver = true);
      a.mesh.ask('node-2.a', {}).then(over, over);
      await cluster.advance(cluster.arrivesMs);
      await c.crash();
      await cluster.until(() => told.length >= 2);
      await asked;
      await cluster.advance(3 * cluster.memberLapseMs);
      assert.deepEqual(told.toSorted(), ['node-1.a: node-3.a down', 'node-2.a: node-3.a down']);
      assert.deepEqual([a.mesh.stateOf('node-3.a'), a.mesh.stateOf('node-2.a'), isOtherOver], ['down', 'up', false]);
      await assert.rejects(a.mesh.ask('node-3.a', {}), 'at once');
      a.mesh.tell('node-3.a', {});
    });
  });
