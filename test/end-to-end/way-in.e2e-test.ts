import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';

const browser = sharedBrowser();
const house = sharedHouse();

const overview = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' });

describe('the way in', () => {
  it('is a link, and the window stays in when it is loaded again', async () => {
    const profile = await openProfile(browser());
    const page = await profile.open(await house().link());
    await overview(page).waitFor({ state: 'attached' });
    await page.getByText('live', { exact: true }).waitFor();
    await page.reload();
    await overview(page).waitFor({ state: 'attached' });
  });

  it('lets nobody in twice by one link, and says how to get another', async () => {
    const link = await house().link();
    const first = await openProfile(browser());
    await overview(await first.open(link)).waitFor({ state: 'attached' });
    const second = await openProfile(browser());
    second.expectComplaints(/status of 40[13].*links\/exchange/);
    const page = await second.open(link);
    await page.getByRole('heading', { name: 'This link was used, or is too old' }).waitFor();
    expect(await page.getByRole('main').innerText()).toContain('codencer open');
  });

  it('is closed to who has neither link nor window', async () => {
    const profile = await openProfile(browser());
    const page = await profile.open(`${house().baseUrl}/`);
    await page.getByRole('heading', { name: 'This page needs a link' }).waitFor();
  });

  it('opens a second window through the first', async () => {
    const profile = await openProfile(browser());
    const first = await profile.open(await house().link());
    await overview(first).waitFor({ state: 'attached' });
    const second = await profile.open(first.url());
    await overview(second).waitFor({ state: 'attached' });
  });

  it('leaves the token in no address, no document, no lasting storage and no console', async () => {
    const profile = await openProfile(browser());
    const said: string[] = [];
    profile.context.on('console', (message) => said.push(message.text()));
    const asked: string[] = [];
    profile.context.on('request', (request) => asked.push(request.url()));
    const link = await house().link();
    const page = await profile.open(link);
    await page.getByText('live', { exact: true }).waitFor();
    const stored = await page.evaluate(() => ({
      session: Object.values(sessionStorage).join('\n'),
      local: JSON.stringify(localStorage),
      cookies: document.cookie,
      html: document.documentElement.outerHTML,
    }));
    const code = new URL(link).hash.replace('#link=', '');
    expect(stored.session).toMatch(/^\S{20,}$/);
    for (const secret of [stored.session, code]) {
      for (const place of [page.url(), stored.local, stored.cookies, stored.html, ...said, ...asked]) {
        expect(place).not.toContain(secret);
      }
    }
    expect(await profile.context.cookies()).toEqual([]);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  });
});
