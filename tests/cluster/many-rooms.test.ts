/** A node dies that had very many rooms: their watchers are seated anew in turn, not all at the same instant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Limits } from '../../src/limits.ts';
import { ann, carl } from '../support/node.ts';
import { startCluster } from './cluster.ts';
import { brief } from './told.ts';

const count = 200;

/** The first node has all the rooms; somebody watches each of them from the second. */
const watched = async (limits: Partial<Limits> = {}) => {
  let n = 0;
  // Evenly spread, in no order.
  const random = () => ((n++ * 67) % count) / count;
  const cluster = await startCluster(3, { limits, random });
  const [one, two, three] = cluster.nodes;
  const rooms = Array.from({ length: count }, () => cluster.roomAt(one));
  for (const room of rooms) {
    await one.send(room, 'open', {}, ann);
    assert.ok((await two.join(room, `c ${room}`, carl)).ok);
  }
  const heard = () => rooms.map((room) => two.heardBy(`c ${room}`).map(brief));
  const seated = () => heard().filter(({ length }) => length > 0).length;
  return { ...cluster, one, two, three, rooms, heard, seated };
};

test('of two hundred rooms all are seated anew, each once, spread over the time that is set for it', async () => {
  const { one, two, three, rooms, heard, seated, time, ownerOf } = await watched();
  await one.crash();
  const progress: number[] = [];
  for (let ms = 0; ms < 200; ms += 50) {
    await time.advance(50);
    progress.push(seated());
  }
  assert.ok(
    progress.every((all, n) => Math.abs(all - (n + 1) * 50) <= 10),
    progress.join(),
  );
  await time.advance(1_000);
  assert.deepEqual(
    heard(),
    rooms.map(() => ['fresh payer 2:1']),
  );
  assert.deepEqual(new Set(rooms.map(ownerOf)), new Set([two.id, three.id]));
  assert.equal(two.counted('regained'), count);
});

test('when each takes a while, at most so many are asked for at once', async () => {
  const { one, two, heard, rooms, database, time } = await watched({ regainsAtOnceMax: 10, regainSpreadMs: 1 });
  const loads = () => database.seen({ what: 'activate' }).length;
  const go = database.hold({ what: 'activate' });
  database.forget();
  await one.crash();
  await time.advance(150);
  assert.equal(loads(), 10);
  go();
  let release = database.hold({ what: 'activate' });
  await time.advance(10);
  assert.equal(loads(), 20, 'the next take their places');
  for (let turn = 0; turn < 30; turn++) {
    release();
    release = database.hold({ what: 'activate' });
    await time.advance(10);
    assert.ok(loads() <= 30 + turn * 10);
  }
  assert.deepEqual(
    heard(),
    rooms.map(() => ['fresh payer 2:1']),
  );
  assert.equal(two.counted('regained'), count);
});
