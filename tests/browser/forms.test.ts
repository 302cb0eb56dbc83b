/** Forms are made from the published schemas; what is wrong is said where it is wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser, toast, withoutBrowser } from '../support/browser.ts';
import { newServer } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

test('a customer reports a loss; what the server misses is said at its field', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const { holder } = await newStaff(server);
  const page = await (await newBrowser(t)).signedIn(server, holder);
  await page.getByText('There are no claims yet.').waitFor();
  await page.getByRole('button', { name: 'New claim' }).click();
  await page.getByRole('button', { name: /^Report/ }).click();
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Policy number').fill('MOT-1');
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();

  const place = dialog.getByLabel('Where', { exact: false }).first();
  await page.waitForFunction(
    () => document.querySelector('#field-loss-place')?.getAttribute('aria-invalid') === 'true',
  );
  const issue = await place.evaluate(
    (input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
  );
  assert.equal(issue, 'This is needed.');
  assert.equal(await dialog.getByLabel('Policy number').getAttribute('aria-invalid'), null);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'));
  assert.equal(focused, 'true', 'the first that is wrong has the focus');

  await dialog.locator('#field-loss-currency').selectOption('GBP');
  await dialog.locator('#field-loss-peril').selectOption({ label: 'Collision' });
  await dialog.locator('#field-loss-occurredOn').fill('2025-12-30');
  await place.fill('Leeds, A58');
  await dialog.locator('#field-loss-narrative').fill('Rear-ended at the lights.');
  for (const question of ['#field-loss-isInjury', '#field-loss-isDrivable'])
    await dialog.locator(question).getByLabel('No').check();
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();
  await toast(page, 'Report: done.');
  await page.getByRole('heading', { level: 1, name: /^CLM-/ }).waitFor();
  await page.getByText('Rear-ended at the lights.').waitFor();
  assert.match(page.url(), /#\/claims\/[0-9a-f-]{36}$/);
});

test('a rule that says no is put into words, and nothing typed is lost', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path } = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(server, staff.supervisor);
  await page.goto(path);
  await page.locator('[data-command=assign]').click();
  const agent = page.getByLabel('Agent');
  await agent.fill('Ann');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .issue', { hasText: 'Nothing is known by this name.' }).waitFor();
  await agent.fill(staff.handler.agentId);
  await page.locator('dialog button[type=submit]').click();
  await page.getByRole('alert').getByText('It is theirs already.').waitFor();
  assert.equal(await agent.inputValue(), staff.handler.agentId);
  await page.keyboard.press('Escape');
  const focused = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['command']);
  assert.equal(focused, 'assign', 'the focus is back where it came from');
});
