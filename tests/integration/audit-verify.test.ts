import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { auditSoon, forgotten, recorded, verified } from '../support/audit.ts';
import { loss } from '../support/claim-people.ts';
import { newPerson, newServer } from '../support/server.ts';

/** A server that has stopped, with twenty entries and more: of rooms, and of people turned away. */
const newPast = async (t: TestContext) => {
  const server = await newServer(t, { limits: auditSoon });
  const holder = await newPerson(server);
  const id = randomUUIDv7();
  await holder.post('/api/claims', { id, loss });
  for (let i = 0; i < 9; i++)
    await holder.post(`/api/claims/${id}/commands/sendMessage`, { id: randomUUIDv7(), text: `No. ${i}` });
  for (let i = 0; i < 10; i++) await holder.get(`/api/claims/${randomUUIDv7()}`);
  await recorded(server, ({ seq }) => seq !== undefined, 10);
  await server.stop();
  const check = (anchor?: string) => verified(server.databaseUrl, anchor);
  const sound = await check();
  assert.deepEqual([sound.faults, sound.behind], [[], 0]);
  assert.ok(sound.entries >= 20, `${sound.entries}`);
  return { ...server, check, sound };
};

/** Each is what somebody with all rights in the database might do, and what is found of it. */
const tampering: readonly (readonly [what: string, sql: string, found: RegExp])[] = [
  [
    'one byte of an entry is changed',
    `update audit_entry set body = replace(body, '"outcome":"done"', '"outcome":"dome"') where n = 5`,
    /:5 is not what was written/,
  ],
  [
    'one bit of a hash is changed',
    `update audit_entry set hash = set_bit(hash, 3, 1 - get_bit(hash, 3)) where n = 5`,
    /:5 is not what was written/,
  ],
  ['an entry is taken out', 'delete from audit_entry where n = 5', /:5 is missing/],
  [
    'an entry is taken out and the gap closed',
    'delete from audit_entry where n = 5; update audit_entry set n = 1 - n where n > 5; update audit_entry set n = -n where n < 0; update audit_chain set n = n - 1',
    /:5 is not what was written/,
  ],
  [
    'two entries change places',
    'update audit_entry set n = -5 where n = 5; update audit_entry set n = 5 where n = 6; update audit_entry set n = 6 where n = -5',
    /:5 is not what was written/,
  ],
  ['the end is cut off', 'delete from audit_entry where n > 15', /ends at 15, not at/],
  [
    'an entry is added by hand',
    `insert into audit_entry (chain, n, body, hash, at, action, outcome, actor)
     select chain, n + 1, '{"at":"x","action":"x","outcome":"done","actor":"x"}', hash, 'x', 'x', 'done', 'x' from audit_chain`,
    /is not what was written/,
  ],
  [
    'what is shown is no longer what was written',
    `update audit_entry set actor = 'somebody else' where n = 5`,
    /:5 is shown otherwise/,
  ],
  [
    'an event of a room is changed',
    `update room_event set by_id = 'somebody else' where seq = 3`,
    /event 3 of claim.* has been changed in the journal/,
  ],
  [
    'one letter of what an event holds is changed',
    `update room_event set data = jsonb_set(data, '{text}', '"No. 8 "') where seq = 10`,
    /event 10 of claim.* has been changed in the journal/,
  ],
  [
    'an event of a room is taken out',
    'delete from room_event where seq = 3',
    /event 3 of claim.* is gone from the journal/,
  ],
  [
    'a room is cut short',
    'delete from room_event where seq > 7; update room_head set seq = 7 where seq > 7',
    /ends at 7; 11 of its events were recorded/,
  ],
  [
    'events are passed over',
    `insert into room_event select room, 12, epoch, type, version, data, by_id, by_seat, at, null, null, null from room_event where seq = 11; update room_head set seq = 12 where seq = 11; update audit_room set seq = 12`,
    /is said to be recorded up to 12, but is up to 11/,
  ],
];

describe('verifying the audit finds it out when', () => {
  for (const [what, sql, found] of tampering)
    test(what, async (t) => {
      const { sql: asOwner, check } = await newPast(t);
      await asOwner(sql);
      const { faults } = await check();
      assert.ok(
        faults.some((fault) => found.test(fault)),
        `${what}: ${faults.join('; ')}`,
      );
    });

  test('all of it is written anew, hashes and all: with a head that was kept elsewhere', async (t) => {
    const { sql, check, sound } = await newPast(t);
    assert.deepEqual((await check(sound.head)).faults, []);
    await sql(`
      do $$ declare bodies json;
      begin
        select json_agg(replace(body, '"refused"', '"done"') order by n) into bodies from audit_entry;
        delete from audit_entry;
        update audit_chain set n = 0, hash = opened_with;
        perform audit_append(bodies);
      end $$`);
    assert.deepEqual((await check()).faults, [], 'by itself it looks sound');
    assert.match((await check(sound.head)).faults.join(), /was written anew/);
  });
});

test('a new month is a chain of its own that follows the one before, which can be let go of when its time is over', async (t) => {
  const { sql, check, databaseUrl } = await newPast(t);
  // The month before, as it would stand there had it begun then.
  await sql(
    `set session_replication_role = replica; update audit_chain set chain = '2020-01'; update audit_entry set chain = '2020-01'`,
  );
  await sql(
    `select audit_append('["{\\"at\\":\\"x\\",\\"action\\":\\"x\\",\\"outcome\\":\\"done\\",\\"actor\\":\\"x\\"}"]')`,
  );
  const chains = await sql<{ chain: string; n: string }>('select chain, n from audit_chain order by chain');
  assert.deepEqual([chains.length, chains[1]!.n], [2, '1']);
  assert.deepEqual((await check()).faults, []);
  await sql('set session_replication_role = origin');
  assert.deepEqual(await forgotten(databaseUrl, 1_200), [], 'kept for a hundred years');
  assert.deepEqual(await forgotten(databaseUrl, 12), ['2020-01']);
  assert.deepEqual((await check()).faults, [], 'what is left can still be verified');
  assert.deepEqual(await forgotten(databaseUrl, 12), []);
  const left = await sql<{ action: string }>('select action from audit_entry order by n');
  assert.deepEqual(
    left.map(({ action }) => action),
    ['x', 'audit.forgotten'],
  );
  await sql(`update audit_chain set opened_with = sha256('x') where chain > '2020-01'`);
  assert.match((await check()).faults.join(), /does not follow 2020-01/);
});
