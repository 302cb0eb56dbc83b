import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import { test } from 'node:test';
import { policy, version } from '../../src/policies/fake-policies.ts';
import { gbp, loss, newClaimPeople } from '../support/claim-people.ts';

test('whoever names somebody else’s policy learns nothing of it, nor that there is one, nor what was claimed under it', async (t) => {
  const people = await newClaimPeople(t);
  const { holder, stranger: victim, handler, supervisor, somebody, send } = people;
  const administrator = await somebody({ roles: ['administrator'] });
  const theirs = policy({
    number: 'THEIRS-1',
    currency: 'EUR',
    customer: { id: victim.customerId, name: 'Vera Victim', email: 'vera@example.test', isVulnerable: true },
    versions: [version({ vehicle: null })],
  });
  const brought = await administrator.post('/api/policies/import', { policies: [theirs] });
  assert.equal(brought.json.created, 1);
  const hers = await people.reported({ policyNumber: 'THEIRS-1', currency: 'EUR', place: 'Her drive' }, victim);

  /** All that a customer can ask about a claim, with what differs from claim to claim anyway taken out. */
  const told = async (policyNumber: string) => {
    const id = randomUUIDv7();
    const path = `/api/claims/${id}`;
    const replies: unknown[] = [];
    const note = ({ status, json }: { status: number; json: unknown }) => void replies.push([status, json]);
    const look = async () => {
      for (const what of ['', '/timeline', '/communications', '/notes', '/assessment-summary'])
        note(await holder.get(path + what));
      note(await holder.send('POST', `${path}/validate`));
      for (const query of [`policy=${policyNumber}`, `q=${policyNumber}`, 'q=Vera', 'q=drive'])
        note(await holder.get(`/api/claims?${query}&count=true`));
      for (const where of [`/${policyNumber}`, `/${policyNumber}?asOf=2026-01-05`, `?q=${policyNumber}`, '?q=Vera', ''])
        note(await holder.get(`/api/policies${where}`));
    };
    const ask = async (name: string, input: object) => note(await holder.post(`${path}/commands/${name}`, input));

    await ask('startDraft', { loss: { ...loss, policyNumber } });
    await look();
    await ask('report', {});
    await look();
    // On a day it is not in force, for a peril it does not cover, in its own currency, and of which there is a claim.
    for (const change of [
      { occurredOn: '2025-01-05' },
      { peril: 'theft' },
      { currency: 'EUR' },
      { peril: 'collision', occurredOn: '2026-01-06' },
    ])
      note(await holder.send('PATCH', path, { loss: change }));
    await ask('openExposure', { id: randomUUIDv7(), coverage: 'own-damage', claimant: 'holder' });
    await ask('linkDuplicate', { claimId: hers });
    await look();
    await send(supervisor, id, 'assign', { handlerId: handler.agentId });
    await send(handler, id, 'setReserve', { reserve: gbp(100_00) });
    await look();
    await send(handler, id, 'decline', { reason: 'No such cover.', clause: '1.1' });
    await look();
    for (let at = 1; at <= 6; at++) note(await holder.get(`${path}?at=${at}`));
    await ask('appeal', { why: 'Why not?' });
    note(await holder.send('DELETE', path, { reason: 'Never mind.' }));

    return JSON.stringify(replies)
      .replaceAll(policyNumber, 'the number')
      .replaceAll(id, 'the claim')
      .replaceAll(/CLM-\d{4}-\d{7}/g, 'its number')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
      .replaceAll(/"updatedAt":"then"|"(correlationId|id)":"[^"]+"/g, '');
  };

  const [unknown, foreign] = [await told('NOBODYS-1'), await told('THEIRS-1')];
  assert.equal(foreign, unknown);
  assert.ok(!foreign.includes(hers) && !foreign.includes('Vera') && !foreign.includes('Her drive'));
  // Staff do see it, so the two claims compared are not alike.
  const listed = await handler.get(`/api/claims?policy=THEIRS-1&holder=${holder.customerId}`);
  const { view } = (await handler.get(`/api/claims/${listed.json.items[0].id}`)).json;
  assert.deepEqual(view.possibleDuplicates, [hers]);
  assert.ok(view.coverage.inQuestion.includes('other-holder'));
  assert.equal(view.coverage.policy.holderId, victim.customerId);

  // And she does not learn of what somebody else made of her policy.
  const herList = (await victim.get('/api/claims?count=true')).json;
  assert.deepEqual([herList.total, herList.items[0].id], [1, hers]);
});
