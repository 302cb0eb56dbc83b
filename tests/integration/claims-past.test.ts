import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test } from 'node:test';
import { busyClaim, gbp, newClaimPeople } from '../support/claim-people.ts';

describe('a claim as it stood', () => {
  test('is what the seat saw then, event by event', async (t) => {
    const { holder, handler, send, assigned } = await newClaimPeople(t);
    const id = await assigned();
    await send(handler, id, 'setReserve', { reserve: gbp(100) });
    await send(handler, id, 'setReserve', { reserve: gbp(200) });
    const at = async (by: typeof holder, seq: number) => (await by.get(`/api/claims/${id}?at=${seq}`)).json;
    const first = await at(holder, 1);
    assert.deepEqual([first.seat, first.seq, first.view.status, first.offers], ['holder', 1, 'submitted', []]);
    assert.equal((await at(holder, 2)).view.status, 'assigned');
    assert.deepEqual((await at(handler, 3)).view.reserve, gbp(100));
    assert.deepEqual((await at(handler, 4)).view, (await handler.get(`/api/claims/${id}`)).json.view);
    assert.equal((await at(holder, 3)).view.reserve, undefined);
  });

  test('is for those who sit there now and sat there then', async (t) => {
    const people = await newClaimPeople(t);
    const { holder, stranger, handler } = people;
    const { path, witness } = await busyClaim(people);
    assert.equal((await stranger.get(`${path}?at=1`)).status, 404);
    assert.equal((await holder.get(`/api/claims/${randomUUIDv7()}?at=1`)).status, 404);
    // The witness became part of it with event 5.
    assert.equal((await witness.get(`${path}?at=4`)).status, 404);
    assert.equal((await witness.get(`${path}?at=5`)).json.seat, 'thirdParty');
    const beyond = await handler.get(`${path}?at=99`);
    assert.deepEqual([beyond.status, beyond.json.details.issues[0].path], [400, 'at']);
    for (const at of ['0', '-1', 'x', '1.5', '1e3', '9'.repeat(20)]) {
      const { status, json } = await handler.get(`${path}?at=${at}`);
      assert.deepEqual([status, json.details.issues[0].path], [400, 'at'], at);
    }
  });

  test('shows somebody whose seat has changed only what both seats see', async (t) => {
    const { handler, somebody, send, assigned } = await newClaimPeople(t);
    const id = await assigned();
    await send(handler, id, 'setReserve', { reserve: gbp(100) });
    const abe = await somebody({ roles: ['agent', 'assessor'], agentId: randomUUIDv7() });
    const at = async (seq: number) => (await abe.get(`/api/claims/${id}?at=${seq}`)).json;
    assert.deepEqual((await at(3)).view.reserve, gbp(100));

    // From the desk to the field: the reserve is out of sight, also where it had been in sight.
    await send(handler, id, 'assignAssessor', { assessorId: abe.agentId });
    const before = await at(3);
    assert.equal(before.seat, 'assessor');
    assert.deepEqual([before.view.reserve, before.view.notes, before.view.status], [undefined, undefined, 'assigned']);
    assert.equal(before.view.loss.place, 'Leeds, A58');

    // And back: what was out of sight then stays so.
    await send(handler, id, 'assignAssessor', { assessorId: randomUUIDv7() });
    const field = await at(4);
    assert.deepEqual([field.seat, field.view.reserve, field.view.loss.place], ['desk', undefined, 'Leeds, A58']);
    assert.deepEqual((await at(5)).view.reserve, gbp(100));
  });

  test('is not for somebody who has lost the role', async (t) => {
    const { handler, rest, assigned } = await newClaimPeople(t);
    const path = `/api/claims/${await assigned()}`;
    assert.equal((await handler.get(`${path}?at=2`)).status, 200);
    await rest.owner.query(`update accounts set roles = '{customer}' where id = $1`, [handler.id]);
    let status = 200;
    for (let tries = 0; status === 200 && tries < 100; tries++) {
      status = (await handler.get(`${path}?at=2`)).status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(status, 404);
  });

  test('is found however long ago it was, and beyond the last snapshot', async (t) => {
    const { handler, assigned, send } = await newClaimPeople(t);
    const id = await assigned();
    for (let n = 1; n <= 120; n++) await send(handler, id, 'addNote', { id: randomUUIDv7(), text: `Note ${n}` });
    const { view } = (await handler.get(`/api/claims/${id}?at=60`)).json;
    assert.equal(view.noteCount, 58);
    assert.ok(Object.values(view.notes).some((note: any) => note.text === 'Note 58'));
    const now = (await handler.get(`/api/claims/${id}`)).json.view;
    assert.ok(!Object.values(now.notes).some((note: any) => note.text === 'Note 58'));
  });
});
