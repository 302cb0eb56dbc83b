import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Caller } from '../../rooms/kit.ts';
import { entitled } from '../../rooms/permissions.ts';
import { createCallers } from '../../src/auth/callers.ts';
import { createRoles } from '../../src/auth/roles.ts';
import { systemClock, systemTimers } from '../../src/clock.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { newAuth, password, silent, type TestAuth } from '../support/auth.ts';

const nobody = '0190a000-0000-7000-8000-00000000ffff';
const ids = { customerId: '0190a000-0000-7000-8000-00000000000c', agentId: '0190a000-0000-7000-8000-00000000000a' };

const newCallers = (t: TestContext, { orm }: TestAuth, cachedMax?: number) => {
  const callers = createCallers({
    orm,
    clock: systemClock,
    timers: systemTimers,
    log: silent,
    ...(cachedMax && { cachedMax }),
  });
  t.after(() => callers.stop());
  callers.start();
  const next = () =>
    new Promise<{ accountId: string; caller: Caller | null }>((resolve) => {
      const stop = callers.onChange((accountId, caller) => {
        stop();
        resolve({ accountId, caller });
      });
    });
  return { ...callers, next };
};

describe('a caller', () => {
  test('is what the database says of the account', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const { id } = await auth.person({
      roles: ['agent', 'supervisor'],
      ...ids,
      limits: { reserve: 2 ** 53 - 1, payment: 5 },
    });
    assert.equal(callers.peek(id), undefined);
    const caller = entitled({
      accountId: id,
      ...ids,
      roles: ['agent', 'supervisor'],
      limits: { reserve: 2 ** 53 - 1, payment: 5 },
    });
    assert.deepEqual(await callers.get(id), caller);
    assert.deepEqual(callers.peek(id), caller);
    assert.deepEqual(await callers.get((await auth.person()).id), {
      accountId: (await auth.accounts.findByEmail('person2@example.test'))?.id,
      roles: ['customer'],
      permissions: ['claims.own', 'policies.own', 'documents.read'],
      limits: { reserve: 0, payment: 0 },
    });
  });

  test('without an account is nobody, and takes up no memory', async (t) => {
    const callers = newCallers(t, await newAuth(t));
    assert.equal(await callers.get(nobody), null);
    assert.equal(callers.peek(nobody), undefined);
  });

  test('who is disabled is nobody within about a second, also when it is done by hand', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const { id } = await auth.person();
    await callers.get(id);
    const startedAt = performance.now();
    const told = callers.next();
    await auth.owner.query('update accounts set disabled_at = now() where id = $1', [id]);
    assert.deepEqual(await told, { accountId: id, caller: null });
    assert.ok(performance.now() - startedAt < 1_500, `took ${performance.now() - startedAt} ms`);
    assert.equal(callers.peek(id), null);
    assert.equal(await callers.get(id), null);
  });

  test('whose rights change has the new ones, and a change of nothing that matters is not told', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const [one, other] = [await auth.person(), await auth.person({ roles: ['agent'] })];
    await Promise.all([callers.get(one.id), callers.get(other.id)]);
    const told = callers.next();
    await auth.owner.query(`update accounts set display_name = 'New' where id = $1`, [one.id]);
    await auth.owner.query(`update accounts set payment_limit = 7, roles = '{supervisor}' where id = $1`, [other.id]);
    assert.deepEqual(await told, {
      accountId: other.id,
      caller: entitled({ accountId: other.id, roles: ['supervisor'], limits: { reserve: 0, payment: 7 } }),
    });
  });

  test('has what their custom role holds, and no longer once it is taken away', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const roles = createRoles(auth.orm);
    const { id } = await auth.person({ roles: ['trainee'], limits: { reserve: 5, payment: 7 } });
    assert.deepEqual((await callers.get(id))?.permissions, []);

    const becomes = async (change: () => Promise<unknown>) => {
      const told = callers.next();
      const startedAt = performance.now();
      await change();
      const { caller } = await told;
      assert.ok(performance.now() - startedAt < 1_500, `took ${performance.now() - startedAt} ms`);
      return [caller?.permissions, caller?.limits];
    };
    const none = { reserve: 0, payment: 0 };
    const trainee = { summary: 'Learns the work.', permissions: ['claims.handle' as const] };
    assert.deepEqual(await becomes(() => roles.put('trainee', trainee)), [['claims.handle'], none]);
    const clerk = { ...trainee, permissions: ['payments.approve' as const, 'claims.handle' as const] };
    assert.deepEqual(await becomes(() => roles.put('trainee', clerk)), [
      ['claims.handle', 'payments.approve'],
      { reserve: 0, payment: 7 },
    ]);
    assert.deepEqual(await becomes(() => roles.remove('trainee')), [[], none]);
  });

  test('whose change is committed late is still noticed', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const { id } = await auth.person();
    await callers.get(id);
    await auth.owner.query('begin');
    await auth.owner.query('update accounts set disabled_at = now()');
    // Two sweeps go by that cannot see it, though it carries a time before theirs.
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    assert.ok(callers.peek(id));
    const told = callers.next();
    await auth.owner.query('commit');
    assert.deepEqual(await told, { accountId: id, caller: null });
  });

  test('whose change nobody could have noticed is read anew every five minutes anyway', async (t) => {
    const auth = await newAuth(t);
    const time = createFakeClock();
    const callers = createCallers({ orm: auth.orm, clock: time.clock, timers: time.timers, log: silent });
    const sweep = async () => {
      callers.start();
      await time.advance(1_000);
      await callers.stop();
    };
    const { id } = await auth.person();
    await callers.get(id);
    // As when it is committed minutes after its statement: it carries a time far behind the last sweep.
    await auth.owner.query('alter table accounts disable trigger accounts_changed');
    await auth.owner.query(`update accounts set disabled_at = now(), changed_at = now() - interval '1 hour'`);
    await sweep();
    assert.ok(callers.peek(id));
    await time.advance(300_000);
    await sweep();
    assert.equal(callers.peek(id), null);
  });

  test('asked for by many at once is asked of the database once', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth);
    const { id } = await auth.person();
    const all = await Promise.all(Array.from({ length: 50 }, () => callers.get(id)));
    assert.equal(new Set(all).size, 1);
  });

  test('not asked for lately makes room when there are too many', async (t) => {
    const auth = await newAuth(t);
    const callers = newCallers(t, auth, 2);
    const [a, b, c] = [await auth.person(), await auth.person(), await auth.person()];
    await callers.get(a.id);
    await callers.get(b.id);
    await callers.get(a.id);
    await callers.get(c.id);
    assert.deepEqual(
      [a, b, c].map(({ id }) => callers.peek(id) !== undefined),
      [true, false, true],
    );
  });
});

describe('an account', () => {
  test('has an address of its own, whatever its capitals', async (t) => {
    const auth = await newAuth(t);
    await auth.person({ email: 'Ann@Example.test' });
    const again = { email: ' aNN@example.TEST ', password, displayName: 'Ann', roles: ['customer'] };
    assert.deepEqual(await auth.accounts.create(again), { ok: false, code: 'account/email-taken' });
    assert.equal((await auth.accounts.findByEmail('ANN@example.test'))?.email, 'ann@example.test');
  });

  test('is refused with every fault at once', async (t) => {
    const auth = await newAuth(t);
    const created = await auth.accounts.create({ email: 'no', password: 'short', displayName: ' ', roles: ['system'] });
    assert.ok(!created.ok && created.code === 'invalid');
    assert.deepEqual(created.details.issues.map(({ path }) => path).sort(), [
      'displayName',
      'email',
      'password',
      'roles.0',
    ]);
  });

  test('survives JSON: limits are numbers', async (t) => {
    const auth = await newAuth(t);
    await auth.person({ limits: { reserve: 2 ** 53 - 1, payment: 1 } });
    const account = await auth.accounts.findByEmail('person1@example.test');
    assert.match(JSON.stringify(account), /"reserveLimit":9007199254740991,"paymentLimit":1/);
  });
});

describe('a custom role', () => {
  test('is listed after the built-in ones, and made anew under the same name', async (t) => {
    const roles = createRoles((await newAuth(t)).orm);
    const role = { summary: 'Reads.', permissions: ['claims.audit' as const] };
    assert.deepEqual(await roles.put('reader', role), { ok: true, before: null });
    assert.deepEqual(await roles.put('reader', { ...role, permissions: [] }), { ok: true, before: role });
    const list = await roles.list();
    assert.deepEqual(list.at(-1), { name: 'reader', summary: 'Reads.', permissions: [], isBuiltIn: false });
    assert.deepEqual(list[0]?.isBuiltIn, true);
    assert.deepEqual(await roles.remove('reader'), { ...role, permissions: [] });
    assert.equal(await roles.remove('reader'), null);
  });

  test('is refused with a name or a permission that cannot be', async (t) => {
    const roles = createRoles((await newAuth(t)).orm);
    for (const name of ['agent', 'system', 'Reader', ''])
      assert.equal((await roles.put(name, { summary: 'X.', permissions: [] })).ok, false, name);
    const put = await roles.put('machine', { summary: 'X.', permissions: ['system.act' as never] });
    assert.deepEqual(!put.ok && put.code === 'invalid' && put.details.issues.map(({ path }) => path), [
      'permissions.0',
    ]);
  });
});
