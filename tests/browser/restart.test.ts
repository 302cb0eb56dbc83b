/** The server goes and comes back: nothing is lost, nobody has to reload. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newBrowser, toast, withoutBrowser } from '../support/browser.ts';
import { newDatabase } from '../support/postgres.ts';
import { newServer } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

test('what is sent while the server is away arrives when it is back, also after a reload; changes go on arriving', {
  skip: withoutBrowser,
}, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimroom-restart-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { DATA_DIR: dataDir, DATABASE_URL: await newDatabase(t) };
  const before = await newServer(t, { env });
  const again = { env: { ...env, PORT: new URL(before.url).port } };
  const staff = await newStaff(before);
  const { path, command } = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(before, staff.handler);
  await page.goto(path);
  await page.getByText('You are here as').waitFor();

  await before.stop();
  await page.getByText('Offline: you see what was last known.').waitFor();
  await page.locator('[data-command=addNote]').click();
  await page.getByLabel('Text').fill('Written while the server was away.');
  await page.locator('dialog button[type=submit]').click();
  await page.getByText('it will be sent as soon as the connection is back').waitFor();
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('Sending: Add note …').waitFor();

  const after = await newServer(t, again);
  await toast(page, 'Add note: done.');
  await page.locator('.course').getByText('Written while the server was away.').waitFor();
  await page.getByText('Offline').waitFor({ state: 'detached' });
  await command(staff.supervisor, 'addNote', {
    id: crypto.randomUUID().replace(/^(.{14})./, '$17'),
    text: 'Seen live again.',
  });
  await page.locator('.course').getByText('Seen live again.').waitFor();

  await after.stop();
  await page.locator('[data-command=addNote]').click();
  await page.getByLabel('Text').fill('Left behind by a reload.');
  await page.locator('dialog button[type=submit]').click();
  await page.getByText('Sending: Add note …').waitFor();
  const reloading = page.reload().catch(() => null);
  await newServer(t, again);
  await reloading;
  await page.goto(path);
  await page.locator('.course').getByText('Left behind by a reload.').waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
  assert.equal(await page.getByText('Left behind by a reload.').count(), 1, 'once');
});
