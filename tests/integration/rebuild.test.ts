/** Lists and deadlines are written anew from the rooms: by themselves after a release that keeps more, and when told to. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { startRebuilding } from '../../src/rebuilding.ts';
import { defaultLimits } from '../../src/limits.ts';
import { silent } from '../support/auth.ts';
import { type ClaimPeople, gbp, newClaimPeople } from '../support/claim-people.ts';

const rowsOf = async ({ rest }: ClaimPeople) => {
  const all = async (sql: string) => (await rest.owner.query(sql)).rows;
  return {
    claims: await all('select * from claims order by id'),
    search: await all('select id, words from claim_search order by id'),
    deadlines: await all('select * from room_deadline order by room, name'),
  };
};
const rebuilding = ({ rest: { databaseUrl, orm } }: ClaimPeople, more: object = {}) =>
  startRebuilding({ databaseUrl, orm, log: silent, limits: { ...defaultLimits, rebuildRoomsAtOnce: 3 }, ...more });

const someClaims = async (people: ClaimPeople) => {
  const { holder, handler, send, assigned } = people;
  for (let n = 0; n < 7; n++) await send(holder, randomUUIDv7(), 'startDraft', { loss: { place: `Draft ${n}` } });
  const id = await assigned({ place: 'Ullswater' });
  await send(handler, id, 'setReserve', { reserve: gbp(150_00) });
  return id;
};

test('what an older release did not keep is there after the next start, and is then left alone', async (t) => {
  const people = await newClaimPeople(t);
  const { rest, supervisor } = people;
  const id = await someClaims(people);
  const before = await rowsOf(people);
  await rest.owner.query('delete from claim_search; delete from room_deadline; delete from room_snapshot');
  await rest.owner.query(`update claims set reserve_amount = 1, status = 'odd'`);
  await rest.owner.query(
    `insert into room_deadline values ('claim/${id}', 'long-forgotten', now() + interval '1 year')`,
  );

  assert.equal(await rebuilding(people).done, 8);
  assert.deepEqual(await rowsOf(people), before);
  assert.deepEqual((await supervisor.get('/api/claims?q=ullswater')).json.items.length, 1);

  await rest.owner.query('delete from claim_search');
  assert.equal(await rebuilding(people).done, 0);
  assert.equal(await rebuilding(people, { isForced: true }).done, 8);
  assert.deepEqual(await rowsOf(people), before);
});

test('one that was stopped goes on where it was, and two are never at it', async (t) => {
  const people = await newClaimPeople(t);
  await someClaims(people);
  const first = rebuilding(people, { onProgress: () => void first.stop() });
  assert.equal(await first.done, 3);
  const [one, other] = await Promise.all([rebuilding(people).done, rebuilding(people).done]);
  assert.deepEqual(new Set([one, other]), new Set([5, null]));
});

test('rooms that are at work meanwhile lose nothing, and their rows are the newest', async (t) => {
  const people = await newClaimPeople(t);
  const { handler, send } = people;
  const id = await someClaims(people);
  let isDone = false;
  const works = async () => {
    for (let n = 0; !isDone || n < 20; n++)
      await send(handler, id, 'addNote', { id: randomUUIDv7(), text: `Note ${n}` });
  };
  const rebuilds = async () => {
    for (let n = 0; n < 5; n++) await rebuilding(people, { isForced: true }).done;
    isDone = true;
  };
  await Promise.all([works(), rebuilds()]);
  const { json } = await handler.get(`/api/claims/${id}`);
  const { claims } = await rowsOf(people);
  assert.equal(Number(claims.find((row) => row.id === id)!.seq), json.seq);
  assert.equal(json.view.loss.place, 'Ullswater');
});
