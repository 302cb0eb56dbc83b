/** Who owned a room when somebody last said so. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joined, type Open } from './opened.ts';

export const hintsSuite = (name: string, open: Open) =>
  describe(`hints, ${name}:`, () => {
    const room = 'claim/1';

    test('what one node notes all find, and of other rooms nothing', async (t) => {
      const [a, b] = await joined(await open(t), 2);
      assert.equal(await a.hints.find(room), null);
      await b.hints.note([
        { room, epoch: 3 },
        { room: 'claim/2', epoch: 7 },
      ]);
      await a.hints.note([]);
      for (const { hints } of [a, b]) {
        assert.deepEqual(await hints.find(room), { owner: 'node-2.a', epoch: 3 });
        assert.deepEqual(await hints.find('claim/2'), { owner: 'node-2.a', epoch: 7 });
        assert.equal(await hints.find('claim/3'), null);
      }
    });

    test('the greater epoch stays, whoever comes last', async (t) => {
      const [a, b] = await joined(await open(t), 2);
      await b.hints.note([{ room, epoch: 10 }]);
      await a.hints.note([{ room, epoch: 9 }]);
      assert.deepEqual(await a.hints.find(room), { owner: 'node-2.a', epoch: 10 });
      await a.hints.note([{ room, epoch: 11 }]);
      assert.deepEqual(await b.hints.find(room), { owner: 'node-1.a', epoch: 11 });
    });

    test('only one’s own note of that very epoch is taken back', async (t) => {
      const [a, b] = await joined(await open(t), 2);
      await a.hints.note([{ room, epoch: 5 }]);
      await a.hints.drop([{ room, epoch: 4 }]);
      await a.hints.drop([{ room, epoch: 6 }]);
      await b.hints.drop([{ room, epoch: 5 }]);
      assert.deepEqual(await b.hints.find(room), { owner: 'node-1.a', epoch: 5 });
      await a.hints.drop([
        { room: 'claim/2', epoch: 1 },
        { room, epoch: 5 },
      ]);
      await a.hints.drop([]);
      assert.equal(await b.hints.find(room), null);
      await b.hints.note([{ room, epoch: 1 }]);
      assert.deepEqual(await a.hints.find(room), { owner: 'node-2.a', epoch: 1 }, 'and leaves no trace');
    });

    test('a note lapses unless it is said again, and its epoch with it', async (t) => {
      const cluster = await open(t);
      const [a, b] = await joined(cluster, 2);
      await a.hints.note([{ room, epoch: 5 }]);
      await a.hints.note([{ room: 'claim/2', epoch: 5 }]);
      await cluster.advance(0.6 * cluster.hintLapseMs);
      await a.hints.note([{ room, epoch: 5 }]);
      await cluster.advance(0.6 * cluster.hintLapseMs);
      assert.deepEqual(await b.hints.find(room), { owner: 'node-1.a', epoch: 5 });
      assert.equal(await b.hints.find('claim/2'), null);
      await b.hints.note([{ room: 'claim/2', epoch: 1 }]);
      assert.deepEqual(await a.hints.find('claim/2'), { owner: 'node-2.a', epoch: 1 });
    });
  });
