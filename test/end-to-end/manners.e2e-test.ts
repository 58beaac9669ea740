import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { gatedTask, plannerOf } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';
import { enter } from './support/way-in.ts';

const browser = sharedBrowser();
const house = sharedHouse();

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or command' });
const here = (page: Page) => page.locator('nav [aria-current="page"]');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['theme']);

describe('the palette', () => {
  it('finds a screen, goes there, and gives the focus to it', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.type('inb');
    await page.getByRole('option', { name: 'Inbox' }).waitFor();
    await page.keyboard.press('Enter');
    await here(page).getByText('Inbox').waitFor();
    // The screen itself, or the part of it that wants to be read first.
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('main');
  });

  it('gives the focus back where it was when it is closed', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.getByRole('link', { name: 'Executors' }).focus();
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('Executors');
  });

  it('closes a page of it before it closes', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('other instances');
    await page.getByRole('option', { name: 'Other instances on this machine' }).click();
    await palette(page).getByText('No other instance runs').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'Other instances on this machine' }).waitFor();
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
  });

  it('finds runs, puts what was used first, and switches the theme', async () => {
    await plannerOf(house().connection).open('checkout-v2');
    const page = await enter(house(), await openProfile(browser(), { colorScheme: 'light' }));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('checkout');
    await page.getByRole('option', { name: 'checkout-v2' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await expect.poll(() => themeOf(page)).toBe('dark');
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.getByRole('option').first().textContent()).toBe('Dark theme');
  });
});

describe('keys', () => {
  it('go to screens by g and a letter, tell themselves, and close by Escape', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await here(page).getByText('Runs').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.keyboard.press('/');
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('[data-screen-filter]'))).toBe(true);
    await page.keyboard.type('g i ?');
    expect(await here(page).textContent()).toContain('Runs');
    await page.getByRole('main').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  });

  it('that are letters can be switched off', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Single letters and signs act' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    expect(await here(page).textContent()).toContain('Overview');
    expect(await page.getByRole('dialog', { name: 'Keys' }).count()).toBe(0);
  });
});

describe('the title of the window', () => {
  it('has how many wait in front', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await expect.poll(() => page.title()).toMatch(/^Overview – repo – Codencer$/);
    const planner = plannerOf(house().connection);
    await planner.open('gated');
    await planner.settled(await planner.submit('gated', gatedTask('Add a test script')));
    await expect.poll(() => page.title()).toMatch(/^\(1\) Overview – repo – Codencer$/);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await expect.poll(() => page.title()).toMatch(/^\(1\) .*Codencer$/);
  });
});
