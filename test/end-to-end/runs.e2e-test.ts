import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { commands, plannerOf, untilFile } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { seeSettled } from './support/see-settled.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { houseOfTest } from './support/shared-house.ts';
import { enter } from './support/way-in.ts';

const browser = sharedBrowser();
const RUNS = 10_000;
/** To write ten thousand runs takes a busy machine a while. */
const FILLING = { timeout: 240_000 };

function seed(root: string): void {
  const args = [join(import.meta.dirname, '../seed/main.ts'), '--runs', String(RUNS), '--repo-root', root];
  const small = ['--steps-per-run', '1', '--events', String(RUNS * 5), '--settled'];
  const { status, stderr } = spawnSync(process.execPath, [...args, ...small], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the record was not filled: ${stderr}`);
}

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('gridcell') });

describe('runs', () => {
  it('of which there are ten thousand are a list that keys move through and a text narrows', FILLING, async () => {
    const house = await houseOfTest({ prepare: ({ root }) => seed(root) });
    const page = await enter(house, await openProfile(browser()), '/runs');
    await rows(page).first().waitFor();
    await seeSettled(page);
    expect(await rows(page).count()).toBeLessThan(200);
    await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).focus();
    for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('ArrowDown');
    const active = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
    await expect.poll(active).toBe('32');
    const id = (await rows(page).last().locator('[title]').first().getAttribute('title')) ?? '';
    await page.keyboard.press('/');
    await page.keyboard.type(id);
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(await rows(page).textContent()).toContain(id);
    expect(page.url()).toContain(id);
    await page.reload();
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  it('are aborted after it was said what that does', async () => {
    const house = await houseOfTest();
    const planner = plannerOf(house.connection);
    await planner.open('checkout');
    const stepId = await planner.submit('checkout', commands('Add the cart', [untilFile('/never/there')]));
    const page = await enter(house, await openProfile(browser()), '/runs/checkout');
    await page.getByText('Running', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: /^Abort run/ }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/stop now/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Abort run/);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: /^Abort run/ }).click();
    expect(await planner.settled(stepId)).toBe('cancelled');
    await page.getByRole('main').getByText('Cancelled', { exact: true }).first().waitFor();
  });
});
