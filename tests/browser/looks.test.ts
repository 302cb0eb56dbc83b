/** The page fits a phone and a finger, and can be read in light and dark. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { newBrowser, withoutBrowser } from '../support/browser.ts';
import { newServer } from '../support/server.ts';
import { newClaim, newStaff } from './claims.ts';

/** Texts whose colour stands out less from what is behind them than WCAG AA asks for. */
const faint = (page: Page) =>
  page.evaluate(() => {
    const parsed = (color: string) => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    const ground = (element: Element | null): number[] => {
      if (!element) return parsed(getComputedStyle(document.documentElement).backgroundColor);
      const [r = 0, g = 0, b = 0, a = 0] = parsed(getComputedStyle(element).backgroundColor);
      if (a === 255) return [r, g, b];
      const below = ground(element.parentElement);
      return [r, g, b].map((value, i) => (value * a) / 255 + (below[i]! * (255 - a)) / 255);
    };
    const brightness = (color: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = color
        .slice(0, 3)
        .map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const element = text.parentElement!;
      if (!text.nodeValue?.trim() || !element.checkVisibility() || element.closest('.unseen, noscript, .skip, option'))
        continue;
      const [dark, light] = [parsed(getComputedStyle(element).color), ground(element)]
        .map(brightness)
        .sort((a, b) => a - b) as [number, number];
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) found.push(`${text.nodeValue.trim().slice(0, 30)}: ${contrast.toFixed(2)}`);
    }
    return found;
  });
/** What a finger would miss: under 44 pixels high, unless the row around it may be touched as well. */
const small = (page: Page) =>
  page.evaluate(() => {
    const inDialog = document.querySelector('dialog');
    return [...(inDialog ?? document).querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip, .cover'))
      .map((element) => element.closest('label.choice') ?? element)
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => `${element.tagName} ${element.textContent?.trim()}`);
  });
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

for (const colorScheme of ['light', 'dark'] as const)
  test(`at 390 pixels nothing scrolls sideways, all can be touched, and every text stands out: ${colorScheme}`, {
    skip: withoutBrowser,
  }, async (t) => {
    const server = await newServer(t);
    const staff = await newStaff(server);
    const { number, command } = await newClaim(staff);
    await command(staff.handler, 'addNote', {
      id: '0190a000-0000-7000-8000-000000000001',
      text: `A${'b'.repeat(300)} c`,
    });
    const page = await (await newBrowser(t)).open(server, {
      viewport: { width: 390, height: 844 },
      colorScheme,
      reducedMotion: 'reduce',
      hasTouch: true,
      isMobile: true,
    });
    const fits = async (where: string) => {
      assert.equal(await isTooWide(page), false, `${where} is too wide`);
      assert.deepEqual(await faint(page), [], `${where} can be read`);
      assert.deepEqual(await small(page), [], `${where} can be touched`);
    };
    await page.goto('/');
    await page.getByLabel('Password').waitFor();
    await fits('the login');
    await page.getByLabel('E-mail address').fill(staff.handler.email);
    await page.getByLabel('Password').fill('correct horse battery staple');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: number }).waitFor();
    await fits('the list');
    await page.getByRole('link', { name: number }).click();
    await page.getByText('You are here as').waitFor();
    await fits('the claim');
    await page.locator('.actions .folded > summary').click();
    await page.locator('.actions .idle > summary').click();
    await fits('all there is to do');
    for (const button of await page.locator('[data-command]').all()) {
      await button.click();
      await fits(`the form of ${await button.textContent()}`);
      await page.keyboard.press('Escape');
    }
  });
