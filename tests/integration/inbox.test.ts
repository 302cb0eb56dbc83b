/** Inboxes, live: a customer hears of their claim, staff of what waits for them, each in their words; and what was put aside survives a restart. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { newPerson, newServer } from '../support/server.ts';
import { newSocket } from '../support/socket.ts';

const loss = {
  policyNumber: 'POL-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-01-05',
  place: 'Leeds, A58',
  narrative: 'Rear-ended at the lights.',
  isInjury: false,
  isDrivable: true,
};
const limits = { reserve: 1_000, payment: 1_000 };

test('what happens to a claim comes in at once, to each in the words of their seat, and to nobody else', async (t) => {
  const server = await newServer(t);
  const arrive = async (who: Parameters<typeof newPerson>[1]) => {
    const person = await newPerson(server, who);
    const page = await newSocket(t, server, person);
    const room = `inbox/${person.id}`;
    assert.deepEqual(await page.join(room), { ok: false, code: 'not-found', retry: 'no' });
    assert.equal((await page.send(room, 'open', {})).ok, true);
    assert.equal((await page.join(room)).ok, true);
    const texts = (): string[] =>
      Object.values<{ n: number; text: string }>(page.sight(room)!.view.notices)
        .sort((a, b) => a.n - b.n)
        .map(({ text }) => text);
    return { ...person, ...page, inbox: room, texts };
  };
  const [holder, stranger, handler, supervisor] = await Promise.all([
    arrive({}),
    arrive({}),
    arrive({ roles: ['agent'], limits }),
    arrive({ roles: ['supervisor'], limits }),
  ]);
  const id = randomUUIDv7();
  const claim = `claim/${id}`;
  assert.equal((await holder.post('/api/claims', { id, loss })).status, 201);
  await holder.until(() => holder.texts().length === 1, 'that it was reported');
  const number = (await holder.get(`/api/claims/${id}`)).json.view.number as string;
  assert.deepEqual(holder.texts(), [`${number}: The loss was reported. Its number is ${number}.`]);

  await supervisor.send(claim, 'assign', { handlerId: handler.agentId });
  await handler.until(() => handler.texts().length === 1, 'that it is theirs');
  await handler.send(claim, 'sendMessage', { id: randomUUIDv7(), to: 'holder', text: 'I have your claim.' });
  await handler.send(claim, 'addNote', { id: randomUUIDv7(), text: 'A secret.' });
  await handler.send(claim, 'setReserve', { reserve: { amount: 99_900, currency: 'GBP' }, requestApproval: true });
  await supervisor.until(() => supervisor.texts().length === 1, 'that a reserve waits');
  await holder.until(() => holder.texts().length === 3, 'that we wrote');
  assert.deepEqual(holder.texts().slice(1), [
    `${number}: Somebody is dealing with the claim.`,
    `${number}: We wrote to you.`,
  ]);
  assert.deepEqual(supervisor.texts(), [`${number}: a reserve waits for approval.`]);
  assert.deepEqual(handler.texts(), [`${number} is yours.`], 'nobody is told what they did themselves');
  assert.deepEqual(stranger.texts(), []);

  // Nobody else's, whatever they may do elsewhere.
  for (const other of [stranger, supervisor])
    assert.deepEqual(await other.join(holder.inbox), { ok: false, code: 'not-found', retry: 'no' });
  assert.equal((await stranger.send(`inbox/${randomUUIDv7()}`, 'open', {})).ok, false);

  assert.equal((await holder.send(holder.inbox, 'markRead', {})).ok, true);
  await holder.until(() => holder.sight(holder.inbox)!.view.unread === 0, 'it is read');
});
