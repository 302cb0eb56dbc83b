/** For the walk through every route: an account for each role, signed in, and for each a claim and a policy that are theirs, or not. */
import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import type { TestContext } from 'node:test';
import { policy } from '../../src/policies/fake-policies.ts';
import type { Thing } from '../matrix/asks.ts';
import { type Relation, type Role, roles, rolesOf } from '../matrix/cast.ts';
import { loss } from './claim-people.ts';
import { newPerson, newServer, type Person } from './server.ts';

export const newMatrixWorld = async (t: TestContext) => {
  const server = await newServer(t, { env: { TRUSTED_PROXY_HOPS: '1' } });
  const limits = { reserve: 1_000, payment: 1_000 };
  const [boss, administrator] = await Promise.all([
    newPerson(server, { roles: ['supervisor'] }),
    newPerson(server, { roles: ['administrator'] }),
  ]);
  const does = async (by: Person, path: string, body: unknown) => {
    const { status, json } = await by.post(path, body);
    assert.equal(status, 200, `${path}: ${JSON.stringify(json)}`);
  };
  let policies = 0;
  /** A claim under assessment, and a policy of the same customer. */
  const newThing = async (who: { readonly customerId?: string; readonly agentId?: string }): Promise<Thing> => {
    const { customerId = randomUUIDv7(), agentId = randomUUIDv7() } = who;
    const claimId = randomUUIDv7();
    const command = (name: string, input: object) => does(boss, `/api/claims/${claimId}/commands/${name}`, input);
    const policyNumber = `MTX-${++policies}`;
    await does(administrator, '/api/policies/import', {
      policies: [policy({ number: policyNumber, customer: { id: customerId, name: `Customer ${policies}` } })],
    });
    await command('report', { holderId: customerId, loss });
    await command('assign', { handlerId: agentId });
    await command('assignAssessor', { assessorId: agentId });
    return { claimId, customerId, policyNumber };
  };
  const others = await newThing({});
  const people = new Map<
    Role,
    { readonly person: Person; readonly things: Readonly<Partial<Record<Relation, Thing>>> }
  >();
  for (const role of roles) {
    const [customerId, agentId] = [randomUUIDv7(), randomUUIDv7()];
    const person = await newPerson(server, { roles: rolesOf(role), customerId, agentId, limits });
    const [own, assigned] = await Promise.all([newThing({ customerId }), newThing({ agentId })]);
    people.set(role, { person, things: { any: others, own, assigned } });
  }
  return { server, people };
};
export type MatrixWorld = Awaited<ReturnType<typeof newMatrixWorld>>;
