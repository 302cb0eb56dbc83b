/** The page without a mouse: everything is reached by Tab, the focus can be seen, and it is never lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { newBrowser, toast, withoutBrowser } from '../support/browser.ts';
import { newServer, password } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const label = element.getAttribute('aria-label') ?? element.textContent?.trim();
    return { text: `${label}`, id: element.id, outline: getComputedStyle(element).outlineStyle };
  });

/** Presses Tab until what is wanted has the focus, as somebody would. */
const tabTo = async (page: Page, isIt: (it: Awaited<ReturnType<typeof focused>>) => boolean, what: string) => {
  const passed: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const it = await focused(page);
    passed.push(it.id || it.text);
    if (isIt(it)) return it;
  }
  throw new Error(`Tab never came to ${what}, only to ${passed.join(', ')}`);
};

test('sign in, open a claim, fill in a form and send it by keyboard alone', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { number } = await newClaim(staff);
  const page = await (await newBrowser(t)).open(server);
  await page.goto('/');
  await page.getByLabel('Password').waitFor();

  assert.equal(
    (await tabTo(page, () => true, 'anything')).text,
    'Skip to content',
    'the first thing is a way past the rest',
  );
  await tabTo(page, ({ id }) => id === 'email', 'the e-mail address');
  await page.keyboard.type(staff.handler.email);
  await tabTo(page, ({ id }) => id === 'password', 'the password');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: number }).waitFor();
  await tabTo(page, ({ text }) => text === number, 'the claim');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add note' }).waitFor();
  assert.equal((await focused(page)).text, number, 'a new page is begun at its heading');

  const button = await tabTo(page, ({ text }) => text.startsWith('Add note'), 'the button');
  assert.notEqual(button.outline, 'none', 'where the focus is can be seen');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal((await focused(page)).id, 'field-text', 'a form is begun at its first field');
  await page.keyboard.type('Rang the holder.');
  await tabTo(page, ({ text }) => text === 'Add note', 'the button that sends');
  await page.keyboard.press('Enter');
  await toast(page, 'Add note: done.');
  await page.getByText('Rang the holder.').waitFor();
  assert.match((await focused(page)).text, /^Add note/, 'the focus is back where it came from');

  await page.goBack();
  await page.getByRole('heading', { name: 'Claims' }).waitFor();
  await page.waitForFunction((text) => document.activeElement?.textContent === text, number);
});
