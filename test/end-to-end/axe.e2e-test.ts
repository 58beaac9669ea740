import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { placesOf } from './support/addresses.ts';
import { FURNISHABLE, type Furniture, furnish } from './support/furnish.ts';
import { openProfile } from './support/profile.ts';
import { seeSettled } from './support/see-settled.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';
import { enter, goTo } from './support/way-in.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
  'more contrast': { colorScheme: 'light', contrast: 'more' },
} as const;

/** Thirty screens and tabs, a second or two each. */
const EVERY_SCREEN = { timeout: 240_000 };

const browser = sharedBrowser();
const house = sharedHouse(FURNISHABLE);
let furniture: Furniture;
beforeAll(async () => {
  furniture = await furnish(house());
});

describe.each(Object.entries(LOOKS))('axe finds nothing in %s', (_, look) => {
  it('on any screen', EVERY_SCREEN, async () => {
    const page = await enter(house(), await openProfile(browser(), look));
    for (const { name, address } of placesOf(furniture)) {
      await goTo(page, address);
      await seeSettled(page);
      expect.soft(await findings(page), name).toEqual([]);
    }
  });
});

/** One line for each element that somebody would stumble over. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
