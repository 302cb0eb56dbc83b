/** A server that loses, doubles and reorders what it sends, changes owners and hangs up: the client still ends with its view. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JoinAck, Patch } from '../rooms/protocol.ts';
import { newClient, newFakeServer, until } from './fake-server.ts';
import { mergePatch } from './merge-patch.ts';

const id = 'board/one';
const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant('sent' as const) },
  fc.constantFrom('lost', 'doubled', 'late', 'new owner', 'hang up', 'busy', 'pause'),
);
const change = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 9 })),
  {
    maxKeys: 3,
    noNullPrototype: true,
  },
);

const newOwner = () => {
  const room = { epoch: 1, seq: 1, view: {} as object, ring: [] as Patch[], refusals: 0 };
  return {
    room,
    commit(map: object): Patch {
      const patch = { room: id, seat: 'desk', epoch: room.epoch, from: room.seq, seq: ++room.seq, patch: { map } };
      room.view = mergePatch(room.view, patch.patch) as object;
      room.ring = [...room.ring, patch].slice(-6);
      return patch;
    },
    join(since?: { epoch: number; seq: number }): JoinAck {
      if (room.refusals-- > 0) return { ok: false, code: 'busy', retry: 'same-id', retryAfterMs: 2 };
      const { epoch, seq, view, ring } = room;
      const sight = { ok: true, seat: 'desk', epoch, seq, offers: [] } as const;
      const patches = ring.filter((patch) => since && patch.seq > since.seq);
      const isKept = since?.epoch === epoch && (patches[0]?.from ?? seq) <= since.seq;
      return isKept ? { ...sight, patches } : { ...sight, view };
    },
  };
};

test('whatever becomes of the messages, the view converges to the server’s', async (t) => {
  const steps = fc.array(fc.record({ change, fate }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, async (course) => {
      const owner = newOwner();
      const server = await newFakeServer(t, { join: ({ since }) => owner.join(since) });
      const client = newClient(t, server, { limits: { retryMsMin: 1, retryMsMax: 4 } });
      const room = client.room(id);
      await room.join();
      const late: Patch[] = [];
      for (const { change: map, fate: what } of [...course, { change: { end: 1 }, fate: 'sent' as const }]) {
        if (what === 'new owner') Object.assign(owner.room, { epoch: owner.room.epoch + 1, ring: [] });
        if (what === 'busy') owner.room.refusals = 2;
        if (what === 'hang up') server.hangUp();
        if (what === 'pause') await new Promise((resolve) => setTimeout(resolve, 3));
        const patch = owner.commit(map);
        if (what === 'late') late.push(patch);
        else if (what !== 'lost') server.tell(patch);
        if (what === 'doubled') server.tell(patch);
        if (what === 'sent') for (const old of late.splice(0)) server.tell(old);
      }
      await until(() => room.state.status === 'joined' && client.state.status === 'connected');
      // The last message may have been sent while nobody was connected; a beacon would say so, here one more does.
      server.tell(owner.commit({ end: 2 }));
      await until(() => room.state.seq === owner.room.seq && room.state.status === 'joined');
      assert.deepEqual(room.state.view, owner.room.view);
      client.close();
      await server.close();
    }),
    { numRuns: 40 },
  );
});
