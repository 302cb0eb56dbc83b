import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test, type TestContext } from 'node:test';
import { demoLogin } from '../../load-tests/replay/session.ts';
import { demoAccounts } from '../../src/demo/people.ts';
import { csvOf, replays, type Row } from '../support/replay-file.ts';
import { newPerson, newServer } from '../support/server.ts';

const limits = { reserve: 1_000_000_00, payment: 1_000_000_00 };
const newDesk = async (t: TestContext) => {
  const server = await newServer(t);
  const service = await newPerson(server, { roles: ['administrator', 'agent'], limits });
  const { run, begin } = replays(t);
  const login = ['--url', server.url, '--token', service.token];
  return {
    server,
    service,
    replay: (csv: string, ...args: string[]) => run(csv, ...login, ...args),
    begin: (csv: string, ...args: string[]) => begin(csv, ...login, ...args),
  };
};

const row = (n: number, change: Row = {}): Row => ({ policy_number: `10000${n}`, ...change });
const settled = row(1);
const suspected = row(2, { fraud_reported: 'Y', incident_severity: 'Total Loss' });
const early = row(3, { policy_bind_date: '2015-02-22', incident_date: '2015-02-02' });
const zeros = row(4, { injury_claim: '0', property_claim: '0' });
const negative = row(5, { umbrella_limit: '-1000000' });
const file = csvOf(settled, suspected, early, zeros, negative);

test('every row is filed and led to where its handler leaves it, or refused with the column and what is wrong with it', async (t) => {
  const { replay, service } = await newDesk(t);
  const { code, text, outcome } = await replay(file);
  assert.equal(code, 0, text);
  const { fates, detail, journal, ack_ms: ack, seen_ms: seen, commands } = outcome();
  assert.deepEqual(fates, { filed: 4, already: 0, continued: 0, stopped: 0, refused: 1, unfinished: 0 });
  assert.deepEqual(
    detail.map(({ line, reasons, remarks }) => [line, ...reasons, ...remarks]),
    [
      [2],
      [3],
      [4, 'the loss happened before the policy began', 'not decided, as the cover is in question: not in force'],
      [5, 'injury_claim is 0: no exposure is opened', 'property_claim is 0: no exposure is opened'],
      [6, 'umbrella_limit: "-1000000" is below zero'],
    ],
  );
  assert.deepEqual([journal.claims, journal.acknowledged, journal.faults], [4, commands, []]);
  assert.ok(ack!.p50 > 0 && seen!.p50 > 0);

  const views = [];
  for (const { room } of detail.slice(0, 4))
    views.push((await service.get(`/api/${room!.replace('/', 's/')}`)).json.view);
  assert.deepEqual(
    views.map(({ status, loss, figures }) => [status, loss.policyNumber, figures.paid, figures.openReserve]),
    [
      // What is claimed, less the excess of 1,000 on the vehicle.
      ['closed', '100001', 5_000_00, 0],
      ['assigned', '100002', 0, 6_000_00],
      ['assigned', '100003', 0, 6_000_00],
      ['closed', '100004', 3_000_00, 0],
    ],
  );
  const [{ loss, coverage, parties, priority }] = views;
  assert.deepEqual([loss.currency, loss.place, loss.occurredAt], ['USD', '1 Invented Drive, Columbus, SC', '05:00']);
  assert.deepEqual([coverage.inQuestion, coverage.policy.version, parties], [[], 5, {}]);
  assert.ok(priority, 'the system has triaged it');
  for (const said of [/line 6: umbrella_limit/, /1 × the loss happened before/, /no holes/, /All is accounted for/])
    assert.match(text, said);
});

describe('a second run', () => {
  test('says that all is filed already, and changes nothing', async (t) => {
    const { replay, server } = await newDesk(t);
    const events = () => server.sql(`select * from room_event where room like 'claim/%' order by room, seq`);
    assert.equal((await replay(file)).code, 0);
    const before = await events();
    const { code, text, outcome } = await replay(file);
    assert.equal(code, 0, text);
    const { fates, commands, repeated, ack_ms: ack } = outcome();
    assert.deepEqual([fates.filed, fates.already, fates.refused], [0, 4, 1]);
    assert.deepEqual([repeated, ack], [commands, null]);
    assert.match(text, /already filed +4/);
    assert.deepEqual(await events(), before);
  });

  test('files what was mended in the file, and finds the rest wherever it stands in it', async (t) => {
    const { replay } = await newDesk(t);
    await replay(csvOf(settled, negative));
    const { fates, detail } = (await replay(csvOf(row(5, { umbrella_limit: '1000000' }), settled))).outcome();
    assert.deepEqual([fates.filed, fates.already, fates.refused], [1, 1, 0]);
    assert.deepEqual(
      detail.map(({ line, kind }) => [line, kind]),
      [
        [2, 'filed'],
        [3, 'already'],
      ],
    );
  });

  test('continues what an interrupted one left half done', async (t) => {
    const { begin, replay, server } = await newDesk(t);
    const many = csvOf(...Array.from({ length: 40 }, (_, n) => ({ policy_number: `2000${n}` })));
    const count = async () =>
      (await server.sql<{ n: number }>(`select count(*)::int as n from room_event where room like 'claim/%'`))[0]!.n;
    const first = begin(many, '--rate', '200');
    while ((await count()) < 60) await sleep(5);
    first.child.kill('SIGKILL');
    await first.ended;
    const { code, text, outcome } = await replay(many, '--rate', '200');
    assert.equal(code, 0, text);
    const { filed, already, continued } = outcome().fates;
    assert.equal(filed + already + continued, 40);
    assert.ok(continued > 0, text);
    const closed = await server.sql(`select from room_event where type = 'closed'`);
    assert.equal(closed.length, 40, 'each once');
  });
});

describe('the exit code is not 0 when', () => {
  test('an acknowledged command has gone from the journal', async (t) => {
    const { replay, server } = await newDesk(t);
    await replay(csvOf(settled, suspected));
    // The journal as a backup would have it that is a moment too old: whole, and without what was acknowledged last.
    const [lost] = await server.sql<{ room: string }>(
      `with lost as (delete from room_event where type = 'closed' returning room, seq)
       update room_head set seq = lost.seq - 1 from lost where room_head.room = lost.room returning lost.room`,
    );
    const { code, text, outcome } = await replay(csvOf(settled, suspected));
    assert.equal(code, 1, text);
    const { journal, is_all_accounted_for: isAll } = outcome();
    assert.equal(isAll, false);
    assert.equal(journal.faults.length, 2);
    assert.match(journal.faults[0]!, new RegExp(`^line 2, ${lost!.room}: event \\d+ is missing$`));
    assert.match(
      journal.faults[1]!,
      /: close \S+, acknowledged as event \d+, is not in the journal \(there is nothing\)$/,
    );
    assert.match(text, /NOT ALL IS ACCOUNTED FOR/);
  });

  test('a hole is in the journal', async (t) => {
    const { replay, server } = await newDesk(t);
    await replay(csvOf(settled));
    await server.sql(`delete from room_event where type = 'triaged'`);
    const { code, text } = await replay(csvOf(settled));
    assert.equal(code, 1);
    assert.match(text, /FAULTS:\n {2}line 2, claim\/\S+: (event 3 is missing|cannot be read)/);
  });

  test('the login may not do it, or is none, or the command line is wrong', async (t) => {
    const { server } = await newDesk(t);
    const agent = await newPerson(server, { roles: ['agent'], limits });
    const { run } = replays(t);
    const at = ['--url', server.url];
    const none = await run(file, ...at, '--token', agent.token);
    assert.equal(none.code, 1);
    assert.match(none.text, /The policies were not taken: this login may not do this/);
    const noDemo = await run(file, ...at);
    assert.equal(noDemo.code, 1);
    assert.match(noDemo.text, /is no demo: give --token/);
    const wrong = await run(file, ...at, '--rate', '0');
    assert.equal(wrong.code, 2);
    assert.match(wrong.text, /--rate must be/);
    const other = await run('a,b\n1,2\n', ...at, '--token', agent.token);
    assert.equal(other.code, 1);
    assert.match(other.text, /has no column policy_number/);
  });
});

test('a rule that says no stops the row, in words, and is accounted for', async (t) => {
  const server = await newServer(t);
  const junior = { reserve: 1_000_00, payment: 1_000_00 };
  const service = await newPerson(server, { roles: ['administrator', 'agent'], limits: junior });
  const { run } = replays(t);
  const { code, text, outcome } = await run(csvOf(settled), '--url', server.url, '--token', service.token);
  assert.equal(code, 0, text);
  assert.equal(outcome().fates.stopped, 1);
  assert.deepEqual(outcome().detail[0]!.reasons, [
    'set reserve (property): more than this login may decide alone, which is USD 1,000.00',
  ]);
});

test('without a token it is the demo’s service login', async (t) => {
  const server = await newServer(t);
  const account = demoAccounts.find(({ email }) => email === demoLogin.email);
  assert.equal(account?.password, demoLogin.password);
  assert.ok((await server.accounts.create(account)).ok);
  const { run } = replays(t);
  const { code, text } = await run(csvOf(settled, suspected), '--url', server.url, '--rows', '1');
  assert.equal(code, 0, text);
  assert.match(text, /claims\.csv: 1 rows/);
  assert.match(text, / filed +1\n/);
});
