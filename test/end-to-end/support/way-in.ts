import type { Page } from 'playwright-core';
import type { House } from './house.ts';
import type { Profile } from './profile.ts';

/** A window of this profile that is in, live, at an address below the instance's. */
export async function enter(house: House, profile: Profile, path = '/'): Promise<Page> {
  const page = await profile.open(await house.link());
  await seeLive(page);
  if (path !== '/') await goTo(page, path);
  return page;
}

/** Without loading the page again, as a link of it would. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const base = /^\/i\/[^/]+/.exec(location.pathname)?.[0] ?? '';
    history.pushState(null, '', base + to);
  }, path);
}

export const seeLive = (page: Page): Promise<void> =>
  page.getByRole('banner').getByText('live', { exact: true }).waitFor();
