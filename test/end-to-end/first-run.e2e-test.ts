import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';
import { enter, goTo } from './support/way-in.ts';

const browser = sharedBrowser();
const house = sharedHouse();

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', house().repository.root, ...args], { encoding: 'utf8' });

const heading = (page: Page, name: string) => page.getByRole('main').getByRole('heading', { name, exact: true });

describe('a first run', () => {
  it('goes from nothing to its end, with what happens to the repository said before; what it made can be let go', async () => {
    const page = await enter(house(), await openProfile(browser()));
    const before = [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('branch', '--list')];
    await page.getByRole('link', { name: 'Start with a sample run' }).click();
    await heading(page, 'What Codencer does to your repository').waitFor();
    await page.getByText('It has a .gitignore of its own').waitFor();
    expect(git('for-each-ref', 'refs/codencer')).toBe('');
    await page.getByRole('button', { name: 'Run the sample' }).click();
    await heading(page, 'What next').waitFor({ timeout: 30_000 });
    expect([git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('branch', '--list')]).toEqual(before);
    expect(git('for-each-ref', 'refs/codencer')).not.toBe('');

    await page.getByRole('link', { name: 'Let go of its work' }).click();
    await page.getByRole('grid', { name: 'Kept work' }).getByRole('row').nth(1).click();
    await page.getByRole('button', { name: 'Release…' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('What is lost for good').waitFor();
    const release = dialog.getByRole('button', { name: 'Release work' });
    expect(await release.getAttribute('aria-disabled')).toBe('true');
    await release.click({ force: true });
    expect(git('for-each-ref', 'refs/codencer')).not.toBe('');
    const attempt = /^Release (.*)\?$/.exec(await dialog.getByRole('heading').innerText())?.[1] ?? '';
    await dialog.getByRole('textbox').fill(attempt);
    await release.click();
    await page.getByText('Nothing is kept.').waitFor();
    expect(git('for-each-ref', 'refs/codencer')).toBe('');
  });
});

describe('help', () => {
  it('finds what is in the documents, and leads to the heading', async () => {
    const page = await enter(house(), await openProfile(browser()), '/help');
    await page.getByRole('searchbox', { name: 'Search all documents' }).fill('needs_manual_attention');
    await page.getByRole('status').getByText('with “needs_manual_attention”').waitFor();
    await page.getByRole('link', { name: 'Steps', exact: true }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('help-steps');
    await heading(page, 'States and recovery').waitFor();
  });
});

describe('settings', () => {
  it('of the page count at once and stay', async () => {
    const page = await enter(house(), await openProfile(browser()), '/settings/page');
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.reload();
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  });

  it('of a daemon without a configuration file are read, and say how to change them', async () => {
    const page = await enter(house(), await openProfile(browser()), '/settings');
    await page.getByText('nothing can be changed here').waitFor();
    expect(await page.getByRole('button', { name: 'Save setting' }).count()).toBe(0);
  });

  it('have a list of windows, of which one can be locked out from another', async () => {
    const profile = await openProfile(browser());
    const other = await openProfile(browser());
    other.expectComplaints(/status of 401|INCOMPLETE_CHUNKED/);
    const locked = await enter(house(), other, '/settings/windows');
    await locked.getByText('(this window)').waitFor();
    const page = await enter(house(), profile, '/settings/windows');
    await page.getByText('(this window)').waitFor();
    const rows = page.getByRole('row').filter({ hasText: 'Valid', hasNotText: '(this window)' });
    await rows.first().getByRole('button').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click();
    await expect.poll(() => rows.count()).toBe(0);
    await goTo(locked, '/salvage');
    await locked.getByText('codencer open').first().waitFor();
  });
});

describe('about', () => {
  it('tells the version, the licences, and that nothing is told to others', async () => {
    const page = await enter(house(), await openProfile(browser()), '/about');
    await page.getByText('There is no telemetry').waitFor();
    await page.getByRole('table', { name: 'Licences' }).getByText('fastify', { exact: true }).waitFor();
  });
});
