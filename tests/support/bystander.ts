/** Somebody who only does their work while others misbehave: `const bystander = await newBystander(t, server)`, later `await bystander.isUnharmed()`. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ack } from '../../rooms/protocol.ts';
import { newPerson, type TestServer } from './server.ts';
import { newSocket } from './socket.ts';

/** Well beyond what a busy machine does to an answer; an event loop that is blocked by an attack is longer. */
const answerMsMax = 3_000;

export const newBystander = async (t: TestContext, server: TestServer) => {
  const person = await newPerson(server, { roles: ['supervisor'] });
  const socket = await newSocket(t, server, person);
  const room = `claim/${randomUUIDv7()}`;
  assert.ok((await socket.send(room, 'startDraft', { holderId: randomUUIDv7() })).ok);
  assert.ok((await socket.join(room)).ok);
  const refused: Ack[] = [];
  let answered = 0;
  let worstMs = 0;
  let isOver = false;
  const work = (async () => {
    while (!isOver) {
      const since = performance.now();
      const ack = await socket.send(room, 'addNote', { id: randomUUIDv7(), text: `note ${answered}` });
      worstMs = Math.max(worstMs, performance.now() - since);
      answered++;
      if (!ack.ok) refused.push(ack);
      await sleep(10);
    }
  })();
  // A test that failed for a reason of its own leaves its sockets to be closed under it.
  work.catch(() => {});
  t.after(() => {
    isOver = true;
  });

  return {
    get answered() {
      return answered;
    },
    /** So far every command was answered, with yes and in time, and what came of them was told. Ends the work. */
    async isUnharmed() {
      isOver = true;
      await work;
      assert.deepEqual(refused, []);
      assert.ok(answered > 0);
      assert.ok(worstMs < answerMsMax, `an answer took ${Math.round(worstMs)} ms`);
      await socket.flush();
      assert.equal(socket.sight(room)!.view.noteCount, answered);
    },
  };
};
