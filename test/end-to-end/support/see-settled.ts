import type { Page } from 'playwright-core';

/** The screen is there, and nothing of it is still being loaded. */
export async function seeSettled(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('[data-waiting]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
