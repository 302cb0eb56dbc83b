/** Registering and getting back in, with the keyboard alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { newBrowser, withoutBrowser } from '../support/browser.ts';
import { newServer, type TestServer } from '../support/server.ts';

const letterTo = async (server: TestServer, recipient: string, subject: string): Promise<string> => {
  for (const late = Date.now() + 10_000; Date.now() < late; ) {
    const [letter] = await server.sql<{ body: string }>(
      'select body from outbox where recipient = $1 and subject = $2',
      [recipient, subject],
    );
    if (letter) return /https?:\/\/\S+/.exec(letter.body)![0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no letter');
};
/** From one thing to the next, until this one has the focus. */
const tabTo = async (page: Page, name: string) => {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    });
  for (let n = 0; n < 20 && (await focused()) !== name; n++) await page.keyboard.press('Tab');
  assert.equal(await focused(), name);
};
const type = async (page: Page, label: string, text: string) => {
  await tabTo(page, label);
  await page.keyboard.type(text);
};

test('a customer registers, confirms by the letter, forgets the password and chooses a new one, without a mouse', {
  skip: withoutBrowser,
}, async (t) => {
  const server = await newServer(t);
  const page = await (await newBrowser(t)).open(server);
  await page.goto('/');
  await tabTo(page, 'Register');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Register' }).waitFor();
  await type(page, 'Your name', 'Ann Berg');
  await type(page, 'E-mail address', 'ann@example.test');
  await type(page, 'New password', 'password1234');
  await page.keyboard.press('Enter');
  await page.getByText('everybody tries first').waitFor();
  await page.getByLabel('New password').fill('an owl in the hedge');
  await page.keyboard.press('Enter');
  await page.getByText('We have sent you a letter').waitFor();

  await page.goto(await letterTo(server, 'ann@example.test', 'Confirm your e-mail address'));
  await type(page, 'Password', 'an owl in the hedge');
  await page.keyboard.press('Enter');
  await page.getByText('Ann Berg').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();

  await tabTo(page, 'Forgot your password?');
  await page.keyboard.press('Enter');
  await type(page, 'E-mail address', 'ann@example.test');
  await page.keyboard.press('Enter');
  await page.getByText('a letter is on its way').waitFor();
  const link = await letterTo(server, 'ann@example.test', 'Choose a new password');
  await page.goto(link);
  await type(page, 'New password', 'a fox under the moon');
  await page.keyboard.press('Enter');
  await page.getByText('You can sign in now').waitFor();
  await page.goto('/');
  await page.goto(link);
  await page.locator('#entry-password').fill('a hen behind the barn');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('not good any more').waitFor();

  await page.getByRole('link', { name: 'Back to the sign-in' }).click();
  await page.getByLabel('E-mail address').fill('ann@example.test');
  await page.getByLabel('Password').fill('a fox under the moon');
  await page.keyboard.press('Enter');
  await page.getByText('Ann Berg').waitFor();
});

test('in the demo the letters can be read, and their links followed', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t, { isDemo: true });
  const page = await (await newBrowser(t)).open(server);
  await page.goto('/#/letters');
  await page.getByText('There are none yet.').waitFor();
  await page.goto('/#/register');
  await page.getByLabel('Your name').fill('Ann Berg');
  await page.getByLabel('E-mail address').fill('ann@example.test');
  await page.getByLabel('New password').fill('an owl in the hedge');
  await page.keyboard.press('Enter');
  await page.getByText('We have sent you a letter').waitFor();
  // The letter is a job: it may come a moment after the answer.
  await letterTo(server, 'ann@example.test', 'Confirm your e-mail address');
  await page.getByRole('link', { name: 'See the letters' }).click();
  const letter = page.getByRole('article').filter({ hasText: 'To ann@example.test' });
  await letter.getByRole('link').click();
  await page.getByRole('heading', { name: 'Confirm your address' }).waitFor();
  await page.getByLabel('Password').fill('an owl in the hedge');
  await page.keyboard.press('Enter');
  await page.getByText('Ann Berg').waitFor();
});

test('where mail is sent there is no such page', { skip: withoutBrowser }, async (t) => {
  const page = await (await newBrowser(t)).open(await newServer(t));
  await page.goto('/#/letters');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
