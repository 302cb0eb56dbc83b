/** A command registered in the last minute has its button, its form and its effect, without a word about it in the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { command } from '../../rooms/claim/commands/command.ts';
import { claimRoom } from '../../rooms/claim/room.ts';
import { Currency, Day, Instant, Money, Text, Uuid7 } from '../../rooms/values.ts';

const input = z.strictObject({
  id: Uuid7,
  plate: Text(15).meta({ title: 'Number plate' }),
  story: Text(4_000).optional(),
  from: Day.meta({ title: 'First day' }),
  until: Instant.optional(),
  size: z.enum(['small', 'large']),
  doors: z.int().min(2).max(100),
  isAutomatic: z.boolean(),
  perDay: Money.meta({ title: 'Price of a day' }),
  driver: z.strictObject({ name: Text(40), age: z.int().max(99).optional() }),
  extras: z.array(z.strictObject({ id: Uuid7, name: Text(40).meta({ title: 'What' }), price: Money })).max(3),
});
const orderCourtesyCar = command({
  summary: 'Order a car to drive meanwhile.',
  may: ['handler', 'supervisor'],
  when: 'any',
  input,
  decide: (_, { id, ...order }) => [{ type: 'noteAdded', data: { id, text: JSON.stringify(order) } }],
});
// Before the server is put together: its list of commands is made once.
Object.assign(claimRoom.commands, { orderCourtesyCar });
const { newBrowser, toast, withoutBrowser } = await import('../support/browser.ts');
const { newServer } = await import('../support/server.ts');
const { newClaim, newStaff } = await import('./claims.ts');

test('its button, its form, what is wrong in it, and what comes of it', { skip: withoutBrowser }, async (t) => {
  const server = await newServer(t);
  const staff = await newStaff(server);
  const { path } = await newClaim(staff);
  const page = await (await newBrowser(t)).signedIn(server, staff.handler);
  await page.goto(path);
  await page.getByRole('button', { name: 'Order courtesy car' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('Order a car to drive meanwhile.').waitFor();
  await form.getByLabel('Number plate').fill('AB12 CDE');
  assert.equal(await form.locator('textarea').count(), 1, 'a long text has room');
  await form.getByLabel('First day').fill('2026-02-03');
  await form.locator('#field-until').fill('2026-02-05T10:30');
  await form.getByLabel('Size').selectOption({ label: 'Large' });
  await form.getByLabel('Doors').fill('1');
  await form.getByRole('group', { name: 'Automatic' }).getByLabel('Yes').check();
  await form.getByLabel('Price of a day', { exact: true }).fill('39.90');
  await form.getByRole('group', { name: 'Driver' }).getByLabel('Name').fill('Henry');
  const add = form.getByRole('button', { name: 'Add' });
  await add.click();
  await add.click();
  await form.getByLabel('What').first().fill('Roof box');
  await form.getByRole('button', { name: 'Remove' }).nth(1).click();
  await form.getByLabel('Price', { exact: true }).fill('5');

  const submit = form.getByRole('button', { name: 'Order courtesy car' });
  await submit.click();
  await page.waitForFunction(() => document.querySelector('#field-doors')?.getAttribute('aria-invalid') === 'true');
  assert.equal(await form.locator('.issue').count(), 1);
  await form.getByLabel('Doors').fill('5');
  await submit.click();
  await toast(page, 'Order courtesy car: done.');

  const told = await page.locator('.course .said').first().textContent();
  const { extras, ...order } = JSON.parse(told ?? '');
  assert.deepEqual(order, {
    plate: 'AB12 CDE',
    from: '2026-02-03',
    until: '2026-02-05T10:30:00.000Z',
    size: 'large',
    doors: 5,
    isAutomatic: true,
    perDay: { amount: 3_990, currency: Currency.options[0] },
    driver: { name: 'Henry' },
  });
  assert.equal(extras.length, 1);
  assert.ok(Uuid7.safeParse(extras[0].id).success);
  assert.deepEqual([extras[0].name, extras[0].price], ['Roof box', { amount: 500, currency: 'GBP' }]);
});
