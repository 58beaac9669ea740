import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evidenceOf, HUGE_BYTES, hostileTask, hugeTask } from './support/hostile-evidence.ts';
import { plannerOf } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { sharedHouse } from './support/shared-house.ts';
import { enter } from './support/way-in.ts';

const browser = sharedBrowser();
const house = sharedHouse();
beforeAll(async () => {
  const planner = plannerOf(house().connection);
  await planner.open('evidence');
  await planner.submit('evidence', hugeTask(house(), 'evidence'));
  await planner.settled(await planner.submit('evidence', hostileTask(house(), 'evidence')));
});

/** The list of artifacts with one of them open. */
async function look(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('grid', { name: 'Artifacts' }).getByRole('row', { name }).click();
  await page.getByRole('button', { name: 'Verify file' }).waitFor();
}

const open = async () => {
  const profile = await openProfile(browser());
  return { profile, page: await enter(house(), profile, '/steps/hostile/artifacts') };
};

/** Whatever the evidence tried to do to the page. */
const harm = async (page: Page): Promise<readonly unknown[]> => [
  /1337/.test(await page.title()),
  await page.locator('main script, main iframe, main object, main svg[onload], main [onerror]').count(),
];

describe('evidence that means harm', () => {
  it.each([
    ['page.html', 'onload="document.title=1337"'],
    ['picture.svg', '<script>document.title=1337</script>'],
  ])('%s is shown as the text that it is', async (name, part) => {
    const { page } = await open();
    await look(page, name);
    await page.getByText('Nothing in it runs here.').waitFor();
    await page.getByRole('region', { name }).getByText(part).waitFor();
    expect(await harm(page)).toEqual([false, 0]);
  });

  it('Markdown runs and fetches nothing, and its links say where they lead', async () => {
    const { page } = await open();
    await look(page, 'report.md');
    await page.getByRole('heading', { name: 'Report', exact: true }).waitFor();
    expect(await harm(page)).toEqual([false, 0]);
    expect(await page.locator('main img').count()).toBe(0);
    await page.getByText('leads to javascript:document.title=1337, which is not opened from here').waitFor();
    await page.getByText('https://evil.example/pixel.png').waitFor();
    await page.getByRole('button', { name: 'the site' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('https://example.org/way?a=b').waitFor();
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    expect(page.context().pages()).toHaveLength(1);
  });

  it('a name that turns the reading direction is drawn with the sign that does it, and saved without', async () => {
    const { page } = await open();
    await look(page, /photo.*U\+202E.*gnp\.exe/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('photo_gnp.exe');
    expect(readFileSync(await download.path(), 'utf8')).toBe('MZ');
  });

  it('what is no picture is not drawn as one', async () => {
    const { page } = await open();
    await look(page, 'fake.png');
    await page.getByText('The browser cannot draw it').waitFor();
    expect(await harm(page)).toEqual([false, 0]);
  });

  it('a line that is no JSON is told, and the others are trees', async () => {
    const { page } = await open();
    await look(page, 'lines.ndjson');
    await page.getByRole('button', { name: 'a: [ 2 entries ]' }).waitFor();
    await page.getByRole('grid', { name: 'Lines of lines.ndjson' }).getByRole('row').nth(2).click();
    await page.getByText('Line 2 is no JSON.').waitFor();
  });

  it('names that lead out of their folder are shown whole, and lead nowhere', async () => {
    const profile = await openProfile(browser());
    await profile.context.route('**/steps/hostile/artifacts', async (route) => {
      const reply = await route.fetch();
      const list: { name: string }[] = JSON.parse(await reply.text());
      await route.fulfill({ json: list.map((one) => (one.name === 'page.html' ? { ...one, name: '../../x' } : one)) });
    });
    const page = await enter(house(), profile, '/steps/hostile/artifacts');
    await look(page, '../../x');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('x');
  });

  it('of a gigabyte only the beginning is read', async () => {
    const planner = plannerOf(house().connection);
    await expect.poll(() => planner.settled('huge'), { timeout: 90_000 }).toBe('completed');
    const profile = await openProfile(browser());
    const page = await enter(house(), profile, '/steps/huge/artifacts');
    const ranges: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/content')) ranges.push(request.headers()['range']);
    });
    await look(page, 'huge.bin');
    await page.getByText(`${HUGE_BYTES.toLocaleString('en')} bytes`).waitFor();
    await page.getByText('The first 1.0 KiB of 1.0 GiB.').waitFor();
    expect(ranges).toEqual(['bytes=0-1023']);
  }, 120_000);
});

describe('evidence', () => {
  it('is hashed again when somebody asks, and a file that was changed is told', async () => {
    const { page } = await open();
    await look(page, 'report.md');
    await page.getByRole('button', { name: 'Verify file' }).click();
    await page.getByText('As it was recorded', { exact: true }).waitFor();
    const file = join(evidenceOf(house(), 'evidence', 'hostile'), 'report.md');
    chmodSync(file, 0o644);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('Report', 'Retort'));
    await page.getByRole('button', { name: 'Verify file' }).click();
    await page.getByText('Not as it was recorded').waitFor();
    writeFileSync(file, text);
  });

  it('has an address for each file', async () => {
    const { page } = await open();
    await look(page, 'report.md');
    await page.reload();
    await page.getByRole('heading', { name: 'report.md' }).waitFor();
  });
});
