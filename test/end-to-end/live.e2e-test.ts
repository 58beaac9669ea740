import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands, plannerOf, untilFile } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { houseOfTest } from './support/shared-house.ts';
import { enter, seeLive } from './support/way-in.ts';

const browser = sharedBrowser();
/** What the browser itself writes into its console when nobody answers. */
const GONE = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/;

describe('what happens', () => {
  it('is told by an overview that had nothing to tell', async () => {
    const house = await houseOfTest();
    const page = await enter(house, await openProfile(browser()));
    await page.getByText(/^Nothing waits for you/).waitFor();
    const planner = plannerOf(house.connection);
    const go = join(house.repository.root, '../go');
    await planner.open('checkout');
    const stepId = await planner.submit('checkout', commands('Add the cart', [untilFile(go)]));
    const row = page.getByRole('main').getByText('Add the cart').first();
    await row.waitFor();
    await page.getByRole('main').getByText('Running', { exact: true }).first().waitFor();
    writeFileSync(go, '');
    expect(await planner.settled(stepId)).toBe('completed');
    await page
      .getByRole('main')
      .getByText('Running', { exact: true })
      .and(page.locator('[data-state] *'))
      .waitFor({ state: 'detached' });
  });

  it('is told again after the daemon was killed and came back, and nothing is missing', async () => {
    const house = await houseOfTest();
    const profile = await openProfile(browser());
    profile.expectComplaints(GONE);
    const page = await enter(house, profile, '/runs');
    const planner = plannerOf(house.connection);
    await planner.open('before');
    await page
      .getByText('before', { exact: true })
      .or(page.getByRole('button', { name: '1 newer' }))
      .first()
      .waitFor();
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));

    await house.kill();
    const bar = page.getByRole('alert').filter({ hasText: /^Not connected to .+ since \d\d:\d\d\./ });
    await bar.waitFor();

    await house.start();
    await planner.open('while-away');
    await seeLive(page);
    await bar.waitFor({ state: 'detached' });
    await planner.open('after');
    for (const run of ['before', 'while-away', 'after']) {
      const newer = page.getByRole('button', { name: /\d newer/ });
      if (await newer.isVisible()) await newer.click();
      await page.getByRole('row', { name: run }).waitFor();
    }
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  });

  it('is told to be stale while the daemon hangs, and goes on with it', async () => {
    const house = await houseOfTest();
    const profile = await openProfile(browser());
    await profile.context.clock.install();
    const page = await enter(house, profile);
    house.hang();
    await page.clock.fastForward(36_000);
    const bar = page.getByRole('alert').filter({ hasText: /^Live updates stopped \d\d:\d\d\./ });
    await bar.waitFor();
    house.goOn();
    await page.clock.fastForward(2000);
    await seeLive(page);
    await bar.waitFor({ state: 'detached' });
  });

  it('comes of a newer daemon than the page, and the page says so', async () => {
    const house = await houseOfTest();
    const profile = await openProfile(browser());
    profile.expectComplaints(GONE);
    const page = await enter(house, profile);
    await page.getByRole('banner').getByText('repo').waitFor();
    await page.route('**/api/v1/instance', async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, json: { ...(await reply.json()), version: '99.0.0' } });
    });
    await house.kill();
    await house.start();
    await page.getByText('The daemon was updated from').waitFor();
    await page.unroute('**/api/v1/instance');
    await page.getByRole('button', { name: 'Reload this page' }).click();
    await seeLive(page);
    await page.getByText('The daemon was updated from').waitFor({ state: 'detached' });
  });
});
