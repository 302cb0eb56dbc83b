import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPasswords } from '../../src/auth/passwords.ts';

const password = 'correct horse battery';
const newPasswords = (hashesAtOnceMax: number) => createPasswords({ hashesAtOnceMax });

test('a wrong password costs the same work for staff, customers and nobody', async () => {
  const customer = await newPasswords(1).hash(password, 'customer');
  const staff = await newPasswords(1).hash(password, 'staff');
  const passwords = newPasswords(1);
  const times: Record<'staff' | 'customer' | 'nobody', number[]> = { staff: [], customer: [], nobody: [] };
  for (let round = 0; round < 7; round++)
    for (const [name, stored] of Object.entries({ staff, customer, nobody: null })) {
      const startedAt = performance.now();
      await passwords.check('wrong', stored);
      times[name as keyof typeof times].push(performance.now() - startedAt);
    }
  const fastest = (name: keyof typeof times) => Math.min(...times[name]);
  // Leaving out the dearer hash would change this sixfold. The best of seven, because the machine is busy with other tests.
  for (const name of ['staff', 'customer'] as const)
    assert.ok(
      Math.abs(fastest(name) / fastest('nobody') - 1) < 0.3,
      `${name} ${fastest(name)} ms, nobody ${fastest('nobody')} ms`,
    );
});

test('a storm of logins queues, and beyond the queue it is told to come back', async () => {
  const passwords = newPasswords(4);
  const stored = await newPasswords(1).hash(password, 'customer');
  const checks = await Promise.all(Array.from({ length: 210 }, () => passwords.check(password, stored)));
  assert.equal(checks.filter((checked) => checked === 'right').length, 204);
  assert.equal(checks.filter((checked) => checked === 'busy').length, 6);
});
