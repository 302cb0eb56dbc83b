import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { newAuth, password, publicUrl, tokenIn } from '../support/auth.ts';

const newPassword = 'an owl in the hedge';
const wrong = { ok: false, code: 'auth/wrong-credentials' };
const invited = { email: 'New.Agent@example.test', displayName: 'New Agent', roles: ['agent'] };
const eventsOf = (auth: Awaited<ReturnType<typeof newAuth>>, accountId: string) =>
  auth.happened.filter((each) => each.accountId === accountId).map(({ event }) => event);

describe('an invitation', () => {
  test('goes out by letter, lets its reader choose a password, and works once', async (t) => {
    const auth = await newAuth(t);
    const by = await auth.person({ roles: ['administrator'] });
    const created = await auth.accounts.invite(invited, by.id);
    assert.ok(created.ok);
    assert.deepEqual(await auth.sessions.login(invited.email, newPassword), wrong, 'not before it is accepted');
    const [letter] = await auth.letters();
    assert.equal(letter?.to, 'new.agent@example.test');
    assert.ok(letter.text.includes(`${publicUrl}/#/accept?token=`) && letter.html.includes(publicUrl));
    const token = tokenIn(letter);
    const { rows } = await auth.owner.query('select * from one_time_tokens');
    assert.ok(!JSON.stringify(rows).includes(token), 'the token lies about');

    const weak = await auth.recovery.accept(token, 'new agent 12', {});
    assert.deepEqual(weak.ok ? '' : weak.code, 'invalid');
    const session = await auth.recovery.accept(token, newPassword, {});
    assert.ok(session.ok);
    assert.deepEqual(session.account, { id: created.id, displayName: 'New Agent', roles: ['agent'] });
    assert.deepEqual(await auth.recovery.accept(token, newPassword, {}), { ok: false, code: 'auth/link-invalid' });
    assert.equal((await auth.sessions.login(invited.email, newPassword)).ok, true);
    assert.deepEqual(auth.happened.find(({ event }) => event === 'user_invited')?.byId, by.id);
  });

  test('sent again makes the former link void; an account that has a password is not invited', async (t) => {
    const auth = await newAuth(t);
    const created = await auth.accounts.invite(invited);
    assert.ok(created.ok);
    const [first] = await auth.letters();
    assert.deepEqual(await auth.accounts.inviteAgain(created.id), { ok: true });
    const [second] = await auth.letters();
    assert.equal((await auth.recovery.accept(tokenIn(first), newPassword, {})).ok, false);
    assert.equal((await auth.recovery.accept(tokenIn(second), newPassword, {})).ok, true);
    assert.deepEqual(await auth.accounts.inviteAgain(created.id), { ok: false, code: 'account/not-invited' });
    assert.deepEqual(await auth.accounts.inviteAgain(randomUUID()), { ok: false, code: 'not-found' });
  });

  test('accepted at the same moment by two is accepted by one', async (t) => {
    const auth = await newAuth(t);
    await auth.accounts.invite(invited);
    const token = tokenIn((await auth.letters())[0]);
    const answers = await Promise.all([1, 2, 3].map((n) => auth.recovery.accept(token, `${newPassword} ${n}`, {})));
    assert.equal(answers.filter(({ ok }) => ok).length, 1);
  });

  test('to an address that has an account, or of the system itself, is refused', async (t) => {
    const auth = await newAuth(t);
    const { email } = await auth.person();
    assert.deepEqual(await auth.accounts.invite({ ...invited, email }), { ok: false, code: 'account/email-taken' });
    const system = await auth.accounts.invite({ ...invited, roles: ['system'] });
    assert.deepEqual(system.ok ? '' : system.code, 'invalid');
    assert.deepEqual(await auth.letters(), []);
  });
});

describe('an administrator', () => {
  test('disables an account, which ends its sessions, and enables it again, which revives none', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const session = await auth.sessions.login(email, password);
    assert.ok(session.ok);
    assert.deepEqual(await auth.accounts.disable(id), { ok: true });
    assert.deepEqual(await auth.sessions.login(email, password), wrong);
    assert.deepEqual(await auth.accounts.enable(id), { ok: true });
    assert.equal((await auth.sessions.refresh(session.refreshToken)).ok, false);
    assert.equal((await auth.sessions.login(email, password)).ok, true);
    assert.deepEqual(
      eventsOf(auth, id).filter((event) => event.startsWith('user_')),
      ['user_created', 'user_disabled', 'user_enabled'],
    );
  });

  test('changes who somebody is and what they may decide, and hears of what is wrong with it', async (t) => {
    const auth = await newAuth(t);
    const { id } = await auth.person({ roles: ['agent'] });
    const changes = { roles: ['supervisor'], limits: { reserve: 5, payment: 7 }, phone: '+44 20 7946 0000' };
    assert.deepEqual(await auth.accounts.change(id, changes), { ok: true });
    const account = await auth.accounts.find(id);
    assert.deepEqual(
      [account?.roles, account?.reserveLimit, account?.paymentLimit, account?.phone],
      [['supervisor'], 5, 7, '+442079460000'],
    );
    for (const bad of [{ roles: [] }, { roles: ['system'] }, { phone: '12' }, { passwordHash: 'x' } as object]) {
      const refused = await auth.accounts.change(id, bad);
      assert.deepEqual(refused.ok ? '' : refused.code, 'invalid', JSON.stringify(bad));
    }
    assert.deepEqual(await auth.accounts.change(randomUUID(), { displayName: 'X' }), { ok: false, code: 'not-found' });
  });

  test('lists somebody’s devices and ends one or all of them', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const first = await auth.sessions.login(email, password, { ip: '203.0.113.9', userAgent: firefox });
    await auth.sessions.login(email, password, { userAgent: 'curl/8.1' });
    await auth.sessions.login((await auth.person()).email, password);
    assert.ok(first.ok);
    const shown = await auth.live.list(id);
    assert.deepEqual(
      shown.map(({ device, address }) => [device, address]),
      [
        ['curl', null],
        ['Firefox on Linux', '203.0.113.9'],
      ],
    );
    const other = await auth.person();
    assert.equal(await auth.live.end(other.id, first.sessionId, 'ended-by-owner'), false, 'somebody else’s');
    assert.equal(await auth.live.end(id, first.sessionId, 'ended-by-administrator'), true);
    assert.equal(await auth.live.end(id, first.sessionId, 'ended-by-administrator'), false);
    assert.equal(await auth.live.endAll(id, 'ended-by-administrator'), 1);
    assert.deepEqual(await auth.live.list(id), []);
  });

  test('lets somebody choose a new password, but never learns or sets it', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    assert.deepEqual(await auth.accounts.sendRecovery(id), { ok: true });
    const [letter] = await auth.letters();
    assert.equal(letter?.to, email);
    assert.deepEqual(await auth.recovery.reset(tokenIn(letter), newPassword, {}), { ok: true });
  });

  test('unlocks an account, wherever its wrong passwords were counted', async (t) => {
    const auth = await newAuth(t);
    const { id, email } = await auth.person();
    const place = { ip: '203.0.113.5' };
    for (let n = 0; n < 10; n++) await auth.sessions.login(email, `wrong ${n}`, place);
    const locked = await auth.sessions.login(email, password, place);
    assert.deepEqual(locked.ok ? '' : locked.code, 'auth/throttled');
    assert.deepEqual(await auth.accounts.unlock(id), { ok: true });
    assert.equal((await auth.sessions.login(email, password, place)).ok, true);
  });
});
