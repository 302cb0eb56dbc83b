/** A server that stops in the middle of everything, is taken for dead and replaced, and then goes on as if nothing had been. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { connect } from '../../client/index.ts';
import type { Fault } from './server.ts';
import { newServer } from './server-process.ts';
import { newTrial } from './trial.ts';

/** So many claims are withdrawn at the second server; the others get another reserve there. */
const withdrawn = 25;

const frozenUnderLoad = async (t: TestContext, fault?: Fault) => {
  const trial = await newTrial(t, { isNotesOnly: true, fault });
  const { server, databaseUrl, load, ledger } = trial;
  const [first, second] = load.supervisors as [(typeof load.supervisors)[0], (typeof load.supervisors)[0]];
  const other = await newServer(t, { databaseUrl, dataDir: trial.dataDir, nodeId: 'two' });
  await other.start();
  const elsewhere = connect({ url: other.url, token: first.person.token });
  t.after(() => elsewhere.close());
  await Promise.all(
    load.rooms.map((_, claim) => ledger.send(second.person, load.roomOf(second, claim), 'setReserve', reserve(100))),
  );

  load.start();
  await trial.acked(500);
  await server.freeze();
  const changed = load.rooms.map((id, claim) => {
    const room = elsewhere.room(id);
    if (claim < withdrawn) return ledger.send(first.person, room, 'withdraw', { reason: 'Found again.' });
    return ledger.send(first.person, room, 'setReserve', reserve(200));
  });
  for (const answer of await Promise.all(changed)) assert.ok(answer.ok);
  // These wait in the frozen server's sockets. In its memory every claim is still as it was.
  const stale = load.rooms.map((_, claim) =>
    claim < withdrawn
      ? ledger.send(second.person, load.roomOf(second, claim), 'approve', { payable: gbp(50) }, 'claim/not-now')
      : ledger.send(second.person, load.roomOf(second, claim), 'setReserve', reserve(300)),
  );
  server.thaw();
  const answers = await Promise.all(stale);
  await trial.acked(500);
  const fenced = await server.metric('claimroom_fenced_total');
  t.diagnostic(`fenced: ${fenced}`);
  return { fenced, approvals: answers.slice(0, withdrawn), ...(await trial.verdict()) };
};

const gbp = (amount: number) => ({ amount, currency: 'GBP' }) as const;
const reserve = (amount: number) => ({ reserve: gbp(amount) });

test('a frozen server that comes back decides nothing on what it still remembers', async (t) => {
  const { red, fenced, approvals } = await frozenUnderLoad(t);
  assert.deepEqual(red, {});
  assert.ok(approvals.every((answer) => !answer.ok && answer.code === 'claim/not-now'));
  assert.ok(fenced > 0);
});

test('a server whose writes are not fenced is found out', async (t) => {
  const { red } = await frozenUnderLoad(t, 'fence-off');
  assert.ok(red.decidedOnTruth);
});
