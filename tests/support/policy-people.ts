/** Those who deal with policies, signed in, and short forms of what they are told: `const { bring, agent, holder } = await policyPeople(t)`. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { fakeId, policy, vehicle, version } from '../../src/policies/fake-policies.ts';
import { newRest, type Reply } from './rest.ts';

export const henry = fakeId(0xc1);
export const policyPeople = async (t: TestContext) => {
  const rest = await newRest(t);
  const [administrator, agent, holder, stranger] = await Promise.all([
    rest.signedIn({ roles: ['administrator'] }),
    rest.signedIn({ roles: ['agent'], agentId: fakeId(0xa1) }),
    rest.signedIn({ customerId: henry }),
    rest.signedIn({ customerId: fakeId(0xc2) }),
  ]);
  const bring = (...policies: readonly unknown[]) => administrator.post('/api/policies/import', { policies });
  return { rest, administrator, agent, holder, stranger, bring };
};
export const outcome = ({ status, json }: Reply) => [status, json.code];
export const counts = ({ status, json }: Reply) => {
  assert.equal(status, 200, JSON.stringify(json));
  return [json.created, json.changed, json.unchanged, json.refused];
};
export const numbers = ({ status, json }: Reply): string[] => {
  assert.equal(status, 200, JSON.stringify(json));
  return json.policies.map(({ number }: { number: string }) => number);
};

/** Another car from June on. */
export const endorsement = version({
  version: 2,
  validFrom: '2026-06-01',
  reason: 'endorsement',
  premium: 700_00,
  vehicle: { ...vehicle, id: fakeId(0xcb), registration: 'XY34 ZZZ', vin: '1M8GDM9AXKP042788' },
});
const cancellation = version({
  version: 3,
  validFrom: '2026-10-01',
  reason: 'cancellation',
  coverages: {},
  premium: 0,
  vehicle: null,
});
/** A year in three versions, cancelled in October. */
export const whole = policy({
  customer: {
    id: henry,
    name: 'Henry Okoro',
    email: 'Henry@Example.test',
    phone: '+44 1632 960001',
    postcode: 'nr1 4dj',
    isVulnerable: true,
  },
  versions: [version(), endorsement, cancellation],
});
