/** Somebody for each seat of a claim, signed in over REST: `const { holder, desk } = await newClaimPeople(t)`, and claims for them. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import type { TestContext } from 'node:test';
import { newRest } from './rest.ts';

const limits = { reserve: 1_000_000, payment: 1_000_000 };

export const loss = {
  policyNumber: 'POL-1',
  currency: 'GBP',
  peril: 'collision',
  occurredOn: '2026-01-05',
  place: 'Leeds, A58',
  narrative: 'Rear-ended at the lights.',
  isInjury: false,
  isDrivable: true,
};

export const gbp = (amount: number) => ({ amount, currency: 'GBP' });

export const newClaimPeople = async (t: TestContext, options: Parameters<typeof newRest>[1] = {}) => {
  const rest = await newRest(t, options);
  const somebody = async (account: Parameters<typeof rest.signedIn>[0]) => ({
    customerId: account?.customerId ?? '',
    agentId: account?.agentId ?? '',
    ...(await rest.signedIn(account)),
  });
  const customer = () => somebody({ customerId: randomUUIDv7() });
  const agent = (name: string) => somebody({ roles: ['agent'], agentId: randomUUIDv7(), limits, displayName: name });
  const [holder, stranger, handler, desk, supervisor] = await Promise.all([
    customer(),
    customer(),
    agent('Hannah Handler'),
    agent('Dora Desk'),
    somebody({ roles: ['supervisor'], limits, displayName: 'Sue Supervisor' }),
  ]);

  /** A command that is expected to do. */
  const send = async (by: typeof holder, id: string, name: string, input: object) => {
    const reply = await by.post(`/api/claims/${id}/commands/${name}`, input);
    assert.equal(reply.status, 200, `${name}: ${JSON.stringify(reply.json)}`);
    return reply.json.seq as number;
  };
  return {
    rest,
    holder,
    stranger,
    handler,
    desk,
    supervisor,
    somebody,
    customer,
    send,
    /** A claim of the holder's, reported. */
    async reported(told: object = {}, by = holder) {
      const id = randomUUIDv7();
      await send(by, id, 'report', { loss: { ...loss, ...told } });
      return id;
    },
    /** The same, given to the handler. */
    async assigned(told: object = {}) {
      const id = randomUUIDv7();
      await send(holder, id, 'report', { loss: { ...loss, ...told } });
      await send(supervisor, id, 'assign', { handlerId: handler.agentId });
      return id;
    },
  };
};
export type ClaimPeople = Awaited<ReturnType<typeof newClaimPeople>>;

/** A claim with something of everything in it, and somebody else who is part of it. */
export const busyClaim = async (people: ClaimPeople) => {
  const { holder, handler, supervisor, somebody, assigned, send } = people;
  const witness = await somebody({ customerId: randomUUIDv7() });
  const id = await assigned();
  const party = randomUUIDv7();
  await send(handler, id, 'setReserve', { reserve: gbp(150_000), why: 'Body shop’s first guess.' });
  await send(handler, id, 'addNote', { id: randomUUIDv7(), text: 'Sounded evasive.' });
  await send(handler, id, 'addParty', { id: party, role: 'witness', name: 'Will', customerId: witness.customerId });
  await send(handler, id, 'sendMessage', { id: randomUUIDv7(), to: party, text: 'What did you see?' });
  await send(witness, id, 'sendMessage', { id: randomUUIDv7(), text: 'A blue van.' });
  await send(handler, id, 'sendMessage', { id: randomUUIDv7(), to: 'holder', text: 'Which garage?' });
  await send(holder, id, 'sendMessage', { id: randomUUIDv7(), text: 'Smith’s.' });
  await send(supervisor, id, 'referToInvestigation', { why: 'Third van this year.', indicators: ['repeat'] });
  await send(supervisor, id, 'holdPayments', { why: 'Until the vans are understood.' });
  return { id, path: `/api/claims/${id}`, party, witness };
};

/** Every page of a list, in order. */
export const allPages = async (
  by: ClaimPeople['holder'],
  query: string,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<any[]> => {
  const items: any[] = [];
  let after = '';
  for (let page = 1; ; page++) {
    const { status, json } = await by.get(`/api/claims?${query}${after}`);
    assert.equal(status, 200, JSON.stringify(json));
    items.push(...json.items);
    if (json.next === null) return items;
    after = `&after=${json.next}`;
    await between(page);
  }
};
