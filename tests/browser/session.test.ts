/** Signing in, staying signed in, and what a customer may not see. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser, signIn, withoutBrowser } from '../support/browser.ts';
import { newServer } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

test('a reload keeps the session, a link leads where it says, and signing out ends it in every tab', {
  skip: withoutBrowser,
}, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path, number } = await newClaim(staff);
  const page = await (await newBrowser(t)).open(server);
  await page.goto(path);
  await page.getByLabel('E-mail address').fill(staff.handler.email);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('do not match').waitFor();
  await signIn(page, staff.handler.email);
  await page.getByRole('heading', { name: number }).waitFor();

  for (let reloads = 0; reloads < 3; reloads++) {
    await page.reload();
    await page.getByRole('heading', { name: number }).waitFor();
  }
  const stored = await page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage].map((kept) => Object.entries(kept))),
  );
  assert.ok(stored.includes('signed in') && !stored.includes('eyJ'), 'no token lies about');

  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByRole('link', { name: number }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  for (const each of [page, other]) await each.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('who comes back too late is told why they have to sign in again', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const { handler } = await newStaff(server);
  const page = await (await newBrowser(t)).signedIn(server, handler);
  await page.context().clearCookies();
  await page.reload();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
});

test('a customer sees no reserve, note or colleague anywhere in the page', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path, number, command } = await newClaim(staff);
  await command(staff.handler, 'setReserve', { reserve: { amount: 471_100, currency: 'GBP' } });
  const page = await (await newBrowser(t)).signedIn(server, staff.holder);
  const isSilent = async (where: string) => {
    const html = await page.content();
    for (const secret of [/reserve/i, /4,?711/, /471,?100/, /priority/i, /handler/i, /Ask the garage/])
      assert.doesNotMatch(html, secret, where);
    assert.ok(!html.includes(staff.handler.agentId) && !html.includes(staff.handler.id), where);
  };
  await page.getByRole('row', { name: number }).getByText('In review').waitFor();
  await isSilent('in the list');
  await page.getByRole('link', { name: number }).click();
  await page.getByText('You are here as').waitFor();
  await isSilent('on the claim');
  await command(staff.handler, 'setReserve', { reserve: { amount: 471_101, currency: 'GBP' } });
  await page.waitForTimeout(300);
  await isSilent('when it changes');

  await page.goto(path.replace(/[0-9a-f]{12}$/, '000000000000'));
  await page.getByRole('heading', { name: 'No such claim' }).waitFor();
});
