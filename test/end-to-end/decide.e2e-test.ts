import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../contract/client/document.ts';
import { getGate, listGates } from '../../contract/client/gate-routes.ts';
import { successOf } from '../support/success-of.ts';
import { waitUntil } from '../support/wait-until.ts';
import { FURNISHABLE } from './support/furnish.ts';
import { TASKS } from './support/furniture-tasks.ts';
import type { House } from './support/house.ts';
import { plannerOf } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { houseOfTest } from './support/shared-house.ts';
import { enter, goTo } from './support/way-in.ts';

const browser = sharedBrowser();

/** An agent that waits for its answer. */
async function askingHouse() {
  const house = await houseOfTest(FURNISHABLE);
  const planner = plannerOf(house.connection);
  await planner.open('login');
  const stepId = await planner.submit('login', TASKS.asking);
  const pending = async () => successOf(await viewOf(listGates(house.connection, { state: 'pending' })));
  await waitUntil(async () => (await pending()).length === 1);
  const [gate] = await pending();
  return { house, planner, stepId, gateId: gate?.id ?? '' };
}

const approve = (page: Page) => page.getByRole('button', { name: 'Approve command', exact: true });
const gateOf = async ({ connection }: House, gateId: string) => successOf(await viewOf(getGate(connection, gateId)));

describe('a question of an agent', () => {
  it('is shown whole, answered once by a double click, and the step goes on', async () => {
    const { house, planner, stepId, gateId } = await askingHouse();
    const profile = await openProfile(browser());
    const decisions: string[] = [];
    profile.context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/gates/')) decisions.push(request.postData() ?? '');
    });
    const page = await enter(house, profile, `/inbox/${gateId}`);
    await page.getByRole('main').getByText('npm install left-pad@1.3.0 --save-exact', { exact: true }).last().waitFor();
    await approve(page).and(page.locator(':not([aria-disabled="true"])')).waitFor();
    await approve(page).dblclick();
    await expect.poll(() => planner.settled(stepId)).toMatch(/^completed/);
    const { subjectDigest, state } = await gateOf(house, gateId);
    expect(state).toBe('approved');
    expect(decisions.map((body) => JSON.parse(body))).toEqual([
      expect.objectContaining({ action: 'approve', digest: subjectDigest }),
    ]);
  });

  it('is decided by one of two windows, and the other says so', async () => {
    const { house, planner, stepId, gateId } = await askingHouse();
    const one = await enter(house, await openProfile(browser()), `/inbox/${gateId}`);
    const other = await enter(house, await openProfile(browser()), `/inbox/${gateId}`);
    await approve(other).waitFor();
    await approve(one).and(one.locator(':not([aria-disabled="true"])')).click();
    await expect.poll(() => planner.settled(stepId)).toMatch(/^completed/);
    await other
      .getByRole('main')
      .getByText(/^Approved/)
      .first()
      .waitFor();
    expect(await approve(other).and(other.locator(':not([aria-disabled="true"])')).count()).toBe(0);
  });

  it('is rejected with a reason, by keys alone', async () => {
    const { house, planner, stepId, gateId } = await askingHouse();
    const page = await enter(house, await openProfile(browser()));
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await goTo(page, `/inbox/${gateId}`);
    await approve(page).and(page.locator(':not([aria-disabled="true"])')).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.getByRole('textbox').first().waitFor();
    await page.keyboard.type('No new packages.');
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const reject = page.getByRole('button', { name: 'Reject command', exact: true });
    await reject.and(page.locator(':not([aria-disabled="true"])')).waitFor();
    for (let tabs = 0; tabs < 6 && !(await focused()).startsWith('Reject'); tabs += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => gateOf(house, gateId)).toMatchObject({ state: 'rejected', reason: 'No new packages.' });
    await expect.poll(() => planner.settled(stepId)).toMatch(/^completed/);
  });
});
