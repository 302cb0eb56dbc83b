/** Two people look at one claim: what one does, the other sees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { newBrowser, signIn, toast, withoutBrowser } from '../support/browser.ts';
import { newServer } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

const rounds = 10;
const msMax = 100;

/** Notes in the page itself when a text first stands in it; both pages read the same clock. */
const watchFor = (page: Page, text: string) =>
  page.evaluate((wanted) => {
    const seen = () => document.body.textContent.includes(wanted);
    (globalThis as unknown as Record<string, unknown>)['seenAt'] = new Promise<number>((resolve) => {
      const look = new MutationObserver(() => {
        if (!seen()) return;
        look.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      look.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, text);
/** Notes when the server's answer to a command arrives: the page draws it later, but it was then. */
const watchAnswers = (page: Page) =>
  page.addInitScript(() => {
    const isAnswer = (data: unknown) =>
      typeof data === 'string' && /^43\d+\[\{"ok":true,"epoch":\d+,"seq":\d+\}\]$/.test(data);
    const Plain = WebSocket;
    globalThis.WebSocket = class extends Plain {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
          if (!isAnswer(data)) return;
          (globalThis as unknown as Record<string, number>)['answeredAt'] = performance.timeOrigin + performance.now();
        });
      }
    };
  });
const answeredAt = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Record<string, number>)['answeredAt']!);
const seenAt = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Record<string, Promise<number>>)['seenAt']!);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

test(`what one does is on the other's page within ${msMax} ms`, { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path, number } = await newClaim(staff);
  const browser = await newBrowser(t);
  const mine = await browser.signedIn(server, staff.handler);
  const theirs = await browser.signedIn(server, staff.supervisor);
  await watchAnswers(mine);
  for (const page of [mine, theirs]) {
    await page.goto(path);
    await page.reload();
    await page.getByRole('heading', { name: number }).waitFor();
    await page.getByText('You are here as').waitFor();
  }
  const afterAck: number[] = [];
  const afterPress: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const note = `Called the garage, time ${round}.`;
    await mine.getByRole('button', { name: 'Add note' }).click();
    await mine.getByLabel('Text').fill(note);
    await watchFor(mine, 'Add note: done.');
    await watchFor(theirs, note);
    const pressedAt = await mine.evaluate(() => {
      document.querySelector<HTMLElement>('dialog button[type=submit]')!.click();
      return performance.timeOrigin + performance.now();
    });
    const [seen] = await Promise.all([seenAt(theirs), seenAt(mine)]);
    afterAck.push(seen - (await answeredAt(mine)));
    afterPress.push(seen - pressedAt);
    await mine.getByRole('button', { name: 'Dismiss' }).click();
    await mine.locator('dialog').waitFor({ state: 'detached' });
  }
  const said = (values: readonly number[]) =>
    `median ${median(values).toFixed(1)}, worst ${Math.max(...values).toFixed(1)}`;
  t.diagnostic(`ms from the answer here to the change there: ${said(afterAck)}; from the press: ${said(afterPress)}`);
  assert.ok(median(afterAck) < msMax, afterAck.join());
  assert.ok(median(afterPress) < msMax, afterPress.join());
});

test('a change moves the row in the list, and counts are kept', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const first = await newClaim(staff);
  const second = await newClaim(staff);
  const browser = await newBrowser(t);
  const page = await browser.signedIn(server, staff.supervisor);
  const rows = page.locator('table.claims tbody tr');
  const numbers = async () => (await rows.locator('th').allTextContents()).join(' ');
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 2);
  assert.equal(await numbers(), `${second.number} ${first.number}`);
  await page.getByRole('button', { name: 'All 2' }).waitFor();

  await first.command(staff.supervisor, 'withdraw', { reason: 'Sorted out between them.' });
  await rows.first().getByText('Withdrawn').waitFor();
  assert.equal(await numbers(), `${first.number} ${second.number}`);
  assert.notEqual(await rows.first().getAttribute('data-flash'), null, 'and is shown to have changed');

  const third = await newClaim(staff);
  await page.getByRole('link', { name: third.number }).waitFor();
  await page.getByRole('button', { name: 'All 3' }).waitFor();
  await page.getByRole('button', { name: 'Withdrawn 1' }).click();
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 1);
  assert.equal(await numbers(), first.number);
  assert.match(page.url(), /status=withdrawn/);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 3);

  await page.getByLabel('Search claims').fill(second.number);
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 1);
  assert.equal(await numbers(), second.number);
  await page.getByLabel('Search claims').fill('nothing like it');
  await page.getByText('No claim matches.').waitFor();
  await page.getByRole('button', { name: 'Show all claims' }).click();
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 3);
});

test('in busy times new claims are in the list all the same', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const busy = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(server, staff.supervisor);
  await page.getByRole('link', { name: busy.number }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('table.claims tbody tr').length === 1);
  const fresh = await newClaim(staff);
  const shown = page.getByRole('link', { name: fresh.number });
  const giveUpAt = Date.now() + 8_000;
  for (let amount = 1; (await shown.count()) === 0; amount++) {
    assert.ok(Date.now() < giveUpAt, 'it comes while the other goes on changing');
    await busy.command(staff.handler, 'setReserve', { reserve: { amount, currency: 'GBP' } });
  }
});

test('a customer finds a claim that was begun for them, without a reload', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const page = await (await newBrowser(t)).open(server);
  // What the page does every so often it does sooner; the connection has its own times.
  await page.addInitScript(() => {
    const plain = setInterval;
    globalThis.setInterval = ((call: () => void, ms: number) => plain(call, ms / 40)) as typeof setInterval;
  });
  await page.goto('/');
  await signIn(page, staff.holder.email);
  await page.getByText('There are no claims yet.').waitFor();
  const { number } = await newClaim(staff);
  await page.getByRole('link', { name: number }).waitFor();
});

test('a form tells when the claim moves underneath, and is begun anew with what it says by then', {
  skip: withoutBrowser,
}, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path, command } = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(server, staff.supervisor);
  await page.goto(path);
  const form = page.getByRole('dialog');
  const reserve = form.getByLabel('Reserve', { exact: true });
  const begin = () => page.getByRole('button', { name: 'Set reserve' }).click();
  await begin();
  await form.getByLabel('Why').fill('The garage rang.');
  await command(staff.handler, 'setReserve', { reserve: { amount: 150_000, currency: 'GBP' } });
  await form.getByRole('status').getByText('Changed while you were writing: ').waitFor();
  assert.equal(await reserve.inputValue(), '', 'nothing changes under somebody’s hands');
  await page.keyboard.press('Escape');
  await begin();
  await form.getByText('You began this before').waitFor();
  assert.deepEqual(
    [await reserve.inputValue(), await form.getByLabel('Why').inputValue()],
    ['1500.00', 'The garage rang.'],
  );
  await command(staff.supervisor, 'withdraw', { reason: 'Sorted out between them.' });
  await form.getByText('The claim is now withdrawn. You can no longer set reserve.').waitFor();
});

test('a form takes back nothing that a colleague has told meanwhile', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path, command } = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(server, staff.handler);
  await page.goto(path);
  const form = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Amend loss' }).click();
  await form.locator('#field-loss-place').fill('York, at the market');
  await command(staff.supervisor, 'amendLoss', { loss: { narrative: 'It was the other way round.' } });
  await form.getByRole('status').getByText('Changed while you were writing: ').waitFor();
  await form.getByRole('button', { name: 'Amend loss' }).click();
  await toast(page, 'Amend loss: done.');
  await page.getByText('York, at the market').waitFor();
  await page.getByText('It was the other way round.').waitFor();
});

test('colleagues see who else looks and who is writing', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path } = await newClaim(staff);
  const browser = await newBrowser(t);
  const mine = await browser.signedIn(server, staff.handler);
  const theirs = await browser.signedIn(server, staff.supervisor);
  await mine.goto(path);
  await theirs.goto(path);
  await mine.getByText('Also watching: the supervisor').waitFor();
  await theirs.getByText('Also watching: the handler').waitFor();
  await theirs.getByRole('button', { name: 'Add note' }).click();
  await theirs.getByLabel('Text').pressSequentially('Hm');
  await mine.getByText('the supervisor is writing: Text').waitFor();
  await theirs.keyboard.press('Escape');
  await theirs.getByRole('button', { name: 'Add note' }).click();
  assert.equal(await theirs.getByLabel('Text').inputValue(), 'Hm', 'what was begun is not lost');
  await theirs.getByRole('button', { name: 'Add note' }).last().click();
  await toast(theirs, 'Add note: done.');
});
