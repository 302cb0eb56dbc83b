/** People at the page: `const browser = await newBrowser(t)`, then `const page = await browser.signedIn(server, person)`. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';
import { password, type Person, type TestServer } from './server.ts';

const chromium = findChromium();
/** For `test(title, { skip: withoutBrowser }, …)`. */
export const withoutBrowser = chromium.missing;

const usual: BrowserContextOptions = {
  locale: 'en-GB',
  timezoneId: 'Europe/London',
  viewport: { width: 1_280, height: 860 },
};

export const newBrowser = async (t: TestContext) => {
  assert.ok(chromium.path !== null);
  const browser = await driver.launch({
    executablePath: chromium.path,
    // Chromium's own sandbox refuses root; /dev/shm is small in containers.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  t.after(() => browser.close());

  /** A browser of its own: cookies and all. What goes wrong in the page fails the test. */
  const open = async (server: Pick<TestServer, 'url'>, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ ...usual, ...options, baseURL: server.url });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      // A server that is away, and a refusal, are written to the console by the browser itself.
      const isNetwork = /Failed to load resource|WebSocket connection to/.test(message.text());
      if (message.type() === 'error' && !isNetwork) faults.push(message.text());
    });
    t.after(() => assert.deepEqual(faults, [], 'nothing went wrong in the page'));
    return page;
  };

  return {
    open,
    async signedIn(
      server: Pick<TestServer, 'url'>,
      { email }: Pick<Person, 'email'>,
      options: BrowserContextOptions = {},
    ) {
      const page = await open(server, options);
      await page.goto('/');
      await signIn(page, email);
      return page;
    },
  };
};
export type TestBrowser = Awaited<ReturnType<typeof newBrowser>>;

export const signIn = async (page: Page, email: string) => {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
};

/** What the page says has just happened. */
export const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text }).first().waitFor();
