import { describe, expect, it } from 'vitest';
import { NAVIGATION } from '../../renderer/app/navigation.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';
import { enter } from './support/way-in.ts';

const browser = sharedBrowser();
const house = sharedHouse();

describe('without a mouse', () => {
  it('every screen is reached by Tab and Enter, and what is focused is seen', async () => {
    const page = await enter(house(), await openProfile(browser()));
    for (const { label } of NAVIGATION) {
      await page.keyboard.press('Tab');
      const link = page.getByRole('navigation').getByRole('link', { name: label });
      for (let tabs = 0; tabs < 40 && !(await link.evaluate((node) => node === document.activeElement)); tabs += 1) {
        await page.keyboard.press('Tab');
      }
      expect(await link.evaluate((node) => getComputedStyle(node).outlineStyle), label).toBe('solid');
      await page.keyboard.press('Enter');
      await page.locator('nav [aria-current="page"]').getByText(label).waitFor();
      // The screen has the focus: reading goes on there.
      await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main, nav')?.tagName)).toBeDefined();
    }
  });

  it('the first Tab offers to skip the frame', async () => {
    const page = await enter(house(), await openProfile(browser()));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
