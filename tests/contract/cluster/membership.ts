/** Who is at work, as every node sees it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joined, type Open, sees } from './opened.ts';

export const membershipSuite = (name: string, open: Open) =>
  describe(`membership, ${name}:`, () => {
    test('every node sees all, sorted, and itself among them from the beginning', async (t) => {
      const cluster = await open(t);
      const late = await cluster.join('node-2.a');
      assert.ok(late.membership.nodes.includes('node-2.a'));
      const early = await cluster.join('node-1.a');
      assert.deepEqual([early.membership.self, late.membership.self], ['node-1.a', 'node-2.a']);
      assert.ok(early.membership.nodes.includes('node-1.a'));
      await cluster.until(() => [early, late].every((node) => sees(node, 'node-1.a', 'node-2.a')));
    });

    test('a change is told, and nothing else', async (t) => {
      const cluster = await open(t);
      const [a] = await joined(cluster, 2);
      const told: string[] = [];
      a.membership.onChange(() => told.push(a.membership.nodes.join()));
      await cluster.advance(2 * cluster.memberLapseMs);
      assert.deepEqual(told, [], 'whoever lives does not lapse');
      const c = await cluster.join('node-3.a');
      await cluster.until(() => told.length > 0);
      await c.crash();
      await cluster.until(() => told.length > 1);
      assert.deepEqual(told, ['node-1.a,node-2.a,node-3.a', 'node-1.a,node-2.a']);
    });

    test('a node that crashed lapses, and the others stay', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      await b.crash();
      await cluster.until(() => [a, c].every((node) => sees(node, 'node-1.a', 'node-3.a')));
      await cluster.advance(2 * cluster.memberLapseMs);
      assert.ok([a, c].every((node) => sees(node, 'node-1.a', 'node-3.a')));
    });

    test('a node that has left is on nobody’s list, its own included, and is still reached', async (t) => {
      const cluster = await open(t);
      const [a, b, c] = await joined(cluster, 3);
      b.mesh.serve(async () => ({ still: 'here' }));
      a.mesh.serve(async () => ({ of: 'course' }));
      const leaving = b.membership.leave();
      assert.ok(sees(b, 'node-1.a', 'node-3.a'), 'it takes no more rooms from this moment');
      await leaving;
      await cluster.until(() => [a, b, c].every((node) => sees(node, 'node-1.a', 'node-3.a')));
      await cluster.advance(3 * cluster.silentMs);
      assert.ok(
        [a, b, c].every((node) => sees(node, 'node-1.a', 'node-3.a')),
        'and does not come back',
      );
      assert.deepEqual(await a.mesh.ask('node-2.a', {}), { still: 'here' });
      assert.deepEqual(await b.mesh.ask('node-1.a', {}), { of: 'course' });
    });
  });
