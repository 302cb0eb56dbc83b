/**
 * Promise 3: events are numbered without a hole, watchers see rising (epoch, seq), and whatever happened on the way everyone
 * ends with the truth. Seeded walks: commits are written, lost, or written with their answer lost; seats change hands.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { settle, step } from '../../client/sight.ts';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import type { RoomPatch, Sight } from '../../rooms/protocol.ts';
import { settled } from '../support/fake-clock.ts';
import { ann, bob, carl, newNode } from '../support/node.ts';
import { createScriptedStore } from '../support/scripted-store.ts';
import { type Till, tillRoom } from '../support/till.ts';

const room = 'till/1';
/** Somebody who may sit as owner or, when it is handed on, as payer. */
const people: readonly Caller[] = [
  entitled({ ...ann, roles: ['agent', 'customer'] }),
  entitled({ ...bob, roles: ['agent', 'customer'] }),
  carl,
];

/** Views in which a missed patch leaves a trace: the mark of each step is taken away by the next. */
const marked = ({ status, payments, total }: Till) => ({ status, marks: { [`m${payments}`]: total } });
const markedTill = { ...tillRoom, view: { ...tillRoom.view, owner: marked, payer: marked } };

type Node = ReturnType<typeof newNode>;

/** A client: holds a sight, takes messages as they come, joins again at a hole. */
const newWatcher = (node: Node, id: string, by: Caller) => {
  let held: Sight | null = null;
  let heard = 0;
  const join = async () => {
    const seated = await node.rooms.sit(room, { id, by });
    if (!seated.ok) return;
    const since = held && { epoch: held.epoch, seq: held.seq, seat: held.seat };
    const answer = await node.rooms.look(room, id, since ?? undefined);
    if (!answer.ok) return;
    const next = settle(held, answer);
    if (typeof next === 'string') assert.fail(`a join was answered with something ${next}`);
    held = next;
  };
  const take = async (message: RoomPatch) => {
    if (message.seat === null || !held) return;
    const next = step(held, message);
    if (next === 'hole') return join();
    if (next === 'old') return;
    assert.ok(next.epoch > held.epoch || next.seq >= held.seq, 'a watcher never goes back');
    held = next;
  };
  return {
    by,
    join,
    /** A message is lost on the way. */
    miss() {
      if (heard < node.ear.heardBy(id).length) heard++;
    },
    async listen() {
      for (const messages = node.ear.heardBy(id); heard < messages.length; heard++) await take(messages[heard]!);
    },
    get held() {
      return held;
    },
  };
};

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pay' as const), who: fc.nat(2), amount: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hand' as const), who: fc.nat(1), to: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('numbered' as const), who: fc.nat(1) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      how: fc.constantFrom('commit', 'commit', 'commit', 'commitButLoseAnswer', 'lose'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('listen' as const), who: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('miss' as const), who: fc.nat(2) }) },
);

test('whatever happens to commits and seats, the journal has no hole and every watcher ends with the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60 }), async (actions) => {
      const store = createScriptedStore();
      const node = newNode({ store, register: { till: markedTill } });
      const answers: Promise<unknown>[] = [node.send(room, 'open', {}, people[0]!)];
      await settled();
      await store.pending[0]!.commit();
      await settled();
      const watchers = people.map((by, n) => newWatcher(node, `w${n}`, by));
      for (const watcher of watchers) await watcher.join();

      for (const step of actions) {
        if (step.do === 'pay') answers.push(node.send(room, 'pay', { amount: step.amount }, people[step.who]!));
        if (step.do === 'hand')
          answers.push(node.send(room, 'hand', { to: people[step.to]!.accountId }, people[step.who]!));
        if (step.do === 'numbered') answers.push(node.send(room, 'numbered', {}, people[step.who]!));
        if (step.do === 'listen') await watchers[step.who]!.listen();
        if (step.do === 'miss') watchers[step.who]!.miss();
        await settled();
        const pending = store.pending[0];
        if (step.do === 'commit' && pending) await pending[step.how as 'commit']();
        await settled();
      }
      // One more change that every seat sees: on one node nothing else reveals that the last message was lost.
      answers.push(node.send(room, 'pay', { amount: 1 }, people[2]!));
      for (let calm = 0; calm < 3; calm++) {
        for (; store.pending[0]; await settled()) await store.pending[0].commit();
        await node.time.advance(500);
      }
      await Promise.all(answers);
      for (const watcher of watchers) await watcher.listen();

      const events = store.memory.events.get(room)!;
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, i) => i + 1),
      );
      const epochs = events.map(({ epoch }) => epoch);
      assert.deepEqual(
        epochs,
        epochs.toSorted((a, b) => a - b),
      );
      for (const { by, held } of watchers) {
        const truth = await node.rooms.read(room, by);
        assert.ok(truth.ok && held);
        assert.deepEqual([held.seat, held.view, held.offers], [truth.seat, truth.view, truth.offers]);
      }
    }),
    { numRuns: 150 },
  );
});
