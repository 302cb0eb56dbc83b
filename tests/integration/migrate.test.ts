import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import { appUrl } from '../../src/store/app-url.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createOrm } from '../../src/store/orm.ts';
import { blankDatabase, connect } from '../support/blank-database.ts';
import { newDatabase } from '../support/postgres.ts';
import { schemaOf } from '../support/schema-of.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const refused = (error: { code?: string }) => error.code === '42501';

describe('the role the application works as', () => {
  test('adds events and reads them, and can neither change nor remove one', async (t) => {
    const app = await connect(t, appUrl(await newDatabase(t)));
    await app.query(`insert into room_head values ('claim/1', 'claim', 1, 'a', 1)`);
    await app.query(
      `insert into room_event (room, seq, epoch, type, version, data, by_id, by_seat, at)
       values ('claim/1', 1, 1, 'reported', 1, '{}', 'x', 'holder', now())`,
    );
    assert.equal((await app.query('select * from room_event')).rowCount, 1);
    await assert.rejects(app.query(`update room_event set type = 'other'`), refused);
    await assert.rejects(app.query('delete from room_event'), refused);
    await assert.rejects(app.query('truncate room_event'), refused);
    await assert.rejects(app.query('drop table room_event'), refused);
    await assert.rejects(app.query('alter table room_event add column x int'), refused);
  });

  test('does what the runtime needs with heads, snapshots, deadlines, claims, logins and numbers', async (t) => {
    const app = await connect(t, appUrl(await newDatabase(t)));
    const id = '0190a000-0000-7000-8000-000000000001';
    await app.query(`insert into room_head values ('claim/1', 'claim', 1, 'a', 1)`);
    await app.query('update room_head set epoch = epoch + 1');
    await app.query(`insert into room_snapshot values ('claim/1', 1, 1, 1, '{}', now())`);
    await app.query('update room_snapshot set seq = 2');
    await app.query(`insert into room_deadline values ('claim/1', 'draft-expires', now())`);
    await app.query('delete from room_deadline');
    await app.query(
      `insert into claims (id, status, customer_id, seq, created_at, updated_at) values ($1, 'draft', $1, 1, now(), now())`,
      [id],
    );
    await app.query(`update claims set status = 'submitted', claim_number = 'CLM-2026-0000001'`);
    await app.query(
      `insert into accounts (id, email, password_hash, display_name, roles) values ($1, 'a@b.test', '', 'A', '{}')`,
      [id],
    );
    await app.query(
      `insert into sessions (id, account_id, device, idle_seconds, idle_at, expires_at) values ($1, $1, 'A', 1, now(), now())`,
      [id],
    );
    await app.query(`insert into refresh_tokens (hash, session_id) values ('h', $1)`, [id]);
    await app.query('delete from sessions');
    assert.equal((await app.query('select 1 from refresh_tokens')).rowCount, 0);
    assert.equal((await app.query(`select nextval('claim_number_seq') as n`)).rows[0].n, '1');
    for (const table of ['room_head', 'room_snapshot', 'claims', 'accounts'])
      await assert.rejects(app.query(`delete from ${table}`), refused, table);
  });

  test('owns the job queue and adds jobs to it, but makes no schemas and no tables of its own', async (t) => {
    const app = await connect(t, appUrl(await newDatabase(t)));
    assert.equal((await app.query('select current_user as me')).rows[0].me, 'claimroom_app');
    await app.query(
      `select graphile_worker.add_jobs(array[json_populate_record(null::graphile_worker.job_spec, '{"identifier":"x"}')])`,
    );
    const { rows } = await app.query('select task_identifier from graphile_worker.jobs');
    assert.deepEqual(rows, [{ task_identifier: 'x' }]);
    await assert.rejects(app.query('create schema mine'), refused);
    await assert.rejects(app.query('create table mine (x int)'), refused);
  });

  test('keeps the options an address already has', async (t) => {
    const url = new URL(await newDatabase(t));
    url.searchParams.set('options', '-c statement_timeout=1234');
    const app = await connect(t, appUrl(url.href));
    assert.equal((await app.query('show statement_timeout')).rows[0].statement_timeout, '1234ms');
    assert.equal((await app.query('select current_user as me')).rows[0].me, 'claimroom_app');
  });
});

describe('migrating', () => {
  test('a second time changes nothing and takes less than half a second', async (t) => {
    const url = await newDatabase(t);
    const owner = await connect(t, url);
    const before = await schemaOf(owner);
    const startedAt = performance.now();
    await migrate(url);
    assert.ok(performance.now() - startedAt < 500, `took ${Math.round(performance.now() - startedAt)} ms`);
    assert.deepEqual(await schemaOf(owner), before);
  });

  test('from several nodes at once ends as from one', async (t) => {
    const url = await blankDatabase(t);
    await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
    const owner = await connect(t, url);
    const one = await connect(t, await newDatabase(t));
    assert.deepEqual(await schemaOf(owner), await schemaOf(one));
    const { rows } = await owner.query('select name from mikro_orm_migrations order by id');
    assert.equal(rows.length, globSync('migrations/*.ts').length);
  });

  test('two databases of one server at once', async (t) => {
    const [one, other] = [await blankDatabase(t), await blankDatabase(t)];
    await Promise.all([migrate(one), migrate(other)]);
    assert.deepEqual(await schemaOf(await connect(t, one)), await schemaOf(await connect(t, other)));
  });

  test('down and up again leaves the schema as it was, and down leaves nothing behind', async (t) => {
    const url = await blankDatabase(t);
    const owner = await connect(t, url);
    const empty = await schemaOf(owner);
    await migrate(url);
    const before = await schemaOf(owner);
    const orm = await createOrm(url, { poolMax: 2, log: silent });
    t.after(() => orm.close());
    await orm.migrator.down({ to: 0 });
    const isOurs = (line: string) =>
      !line.includes('"graphile_worker"') && !line.startsWith('["trigger","graphile_worker');
    assert.deepEqual((await schemaOf(owner)).filter(isOurs), empty);
    await orm.migrator.up();
    assert.deepEqual(await schemaOf(owner), before);
  });

  test('works for an owner who is no superuser, and takes back the right it lent', async (t) => {
    const url = await blankDatabase(t, { owner: 'landlord' });
    const cluster = await connect(t, url);
    // On this server another owner has made the role already; a managed server's administrator would grant it like this.
    const admin = await connect(t, await newDatabase(t));
    const me = new URL(url).username;
    await admin.query(`grant claimroom_app to ${me}`);
    await migrate(url);
    const app = await connect(t, appUrl(url));
    await app.query('select * from room_event');
    const { rows } = await cluster.query(
      `select has_database_privilege('claimroom_app', current_database(), 'create') as may`,
    );
    assert.deepEqual(rows, [{ may: false }]);
  });

  test('says so when the job queue belongs to somebody else', async (t) => {
    const url = await blankDatabase(t);
    const owner = await connect(t, url);
    await migrate(url);
    await owner.query('alter table graphile_worker._private_jobs owner to current_user');
    await assert.rejects(migrate(url), /graphile_worker.*must own/);
  });
});

test('the entities describe the columns as the migrations made them', async (t) => {
  const orm = await createOrm(await newDatabase(t), { poolMax: 2, log: silent });
  t.after(() => orm.close());
  const changes = await orm.schema.getUpdateSchemaSQL({ wrap: false, safe: true, dropTables: false });
  // Indexes, checks and defaults are the migrations' alone.
  const ofColumns = changes
    .split('\n')
    .filter((line) => /column|create table/.test(line) && !line.includes(' default '));
  assert.deepEqual(ofColumns, []);
});
