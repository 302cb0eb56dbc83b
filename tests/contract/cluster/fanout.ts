/** One message to every other node. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joined, type Open } from './opened.ts';

export const fanoutSuite = (name: string, open: Open) =>
  describe(`fanout, ${name}:`, () => {
    test('what is published reaches every other node once, as a copy, and not oneself', async (t) => {
      const cluster = await open(t);
      const nodes = await joined(cluster, 3);
      const heard: string[] = [];
      for (const { membership, fanout } of nodes)
        fanout.onMessage((message) => heard.push(`${membership.self} ${JSON.stringify(message)}`));
      await cluster.until(() => nodes.every(({ fanout }) => fanout.isUp));
      const message = { n: 1 };
      nodes[0].fanout.publish(message);
      message.n = 2;
      nodes[2].fanout.publish(message);
      await cluster.until(() => heard.length >= 4);
      await cluster.advance(cluster.arrivesMs);
      assert.deepEqual(heard.toSorted(), [
        'node-1.a {"n":2}',
        'node-2.a {"n":1}',
        'node-2.a {"n":2}',
        'node-3.a {"n":1}',
      ]);
    });

    test('a node that has left still hears, and one that crashed does not', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      const heard: string[] = [];
      for (const { membership, fanout } of [b, c]) fanout.onMessage(() => heard.push(membership.self));
      await b.membership.leave();
      await c.crash();
      await cluster.until(() => a.fanout.isUp && b.fanout.isUp);
      a.fanout.publish({});
      await cluster.until(() => heard.length > 0);
      await cluster.advance(cluster.arrivesMs);
      assert.deepEqual(heard, ['node-2.a']);
    });
  });
