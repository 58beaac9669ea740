import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { House } from './support/house.ts';
import { commands, plannerOf } from './support/planner.ts';
import { openProfile } from './support/profile.ts';
import { sharedBrowser } from './support/shared-browser.ts';
import { houseOfTest } from './support/shared-house.ts';
import { enter } from './support/way-in.ts';

const browser = sharedBrowser();
const LINES = 1_000_000;

/** Prints a million lines, one of which tells of an error. */
const MANY = `seq 1 ${LINES} | sed 's/^/line /; s/^line 654321$/line 654321 ERROR: it broke here/'`;
const HOSTILE = [
  String.raw`printf '\033]0;evil\007\033]52;c;ZXZpbA==\007\033[32mgreen\033[0m plain\n10%%\r50%%\r100%%\n'`,
  String.raw`printf '<img src=x onerror="document.title=1">\n'`,
  "head -c 1000000 /dev/zero | tr '\\0' ';'",
];

async function submitted(house: House, title: string, runs: readonly string[]): Promise<string> {
  const planner = plannerOf(house.connection);
  await planner.open('output');
  const step = await planner.submit('output', commands(title, runs));
  expect(await planner.settled(step)).toBe('completed');
  return step;
}

describe('a log', () => {
  it('of a million lines opens at its end, is searched, and links to its lines', async () => {
    const house = await houseOfTest();
    const step = await submitted(house, 'Many lines', [MANY]);
    const page = await enter(house, await openProfile(browser()), `/steps/${step}/log`);
    await page.getByText('1,000,000 lines').waitFor();
    const log = page.getByRole('grid', { name: 'Output, line by line' });
    await log.getByText(`line ${LINES}`, { exact: true }).waitFor();
    expect(await log.getByRole('row').count()).toBeLessThan(200);
    expect(await log.getAttribute('aria-rowcount')).toBe(String(LINES));

    await log.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('ERROR');
    await page.getByRole('search').getByText('1 line', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await log.getByText('line 654321 ERROR: it broke here').waitFor();
    await page.getByRole('search').getByText('1/1').waitFor();

    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await log.getByText('line 1', { exact: true }).waitFor();
    await page.keyboard.press('n');
    await log.getByText('line 654321 ERROR: it broke here').waitFor();
    await page.keyboard.press('l');
    expect(new URL(page.url()).hash).toBe('#L654321');

    await page.reload();
    await log.getByText('line 654321 ERROR: it broke here').waitFor();
  });

  it('shows colours, and nothing else of what a terminal would do', async () => {
    const house = await houseOfTest();
    const step = await submitted(house, 'Hostile output', HOSTILE);
    const page = await enter(house, await openProfile(browser()), `/steps/${step}/log`);
    const log = page.getByRole('grid', { name: 'Output, line by line' });
    await log.getByText('green', { exact: true }).waitFor();
    await log.getByText('100%', { exact: true }).waitFor();
    await log.getByText('<img src=x onerror="document.title=1">').waitFor();
    expect(await log.locator('img').count()).toBe(0);
    expect(await log.innerText()).not.toMatch(/evil|ZXZpbA/);
    await page.getByRole('button', { name: /^more than / }).click();
    await page.getByRole('dialog').getByText('The line goes on: save the log to have all of it.').waitFor();
  });
});

describe('a terminal', () => {
  it('is typed into once one asks for it, and left by keys', async () => {
    const house = await houseOfTest({
      prepare: ({ root }) => {
        mkdirSync(join(root, '.codencer/executors'), { recursive: true });
        const steps = [{ run: 'read name; echo "hello $name"; read name' }];
        const profile = { agent: 'command', terminal: true, recipe: { steps } };
        writeFileSync(join(root, '.codencer/executors/talker.yaml'), JSON.stringify(profile));
      },
    });
    const planner = plannerOf(house.connection);
    await planner.open('output');
    const task = { version: 'v1', title: 'Talk', goal: 'Talk', adapter_profile: 'talker' };
    const step = await planner.submit('output', task);
    const page = await enter(house, await openProfile(browser()), `/steps/${step}/terminal`);
    await page.getByText('You only look.').waitFor();
    await page.getByRole('button', { name: 'Type here' }).click();
    await page.keyboard.type('world\n');
    await page.getByRole('region', { name: 'Terminal' }).getByText('hello world').waitFor();
    await page.keyboard.press('Control+Shift+ArrowUp');
    await page.getByText('You only look.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Type here');
  });

  it('is none where the executor writes plain output, and then no agent did anything either', async () => {
    const house = await houseOfTest();
    const step = await submitted(house, 'Plain output', ['true']);
    const page = await enter(house, await openProfile(browser()), `/steps/${step}/terminal`);
    await page.getByText(/^No terminal: this executor writes plain output/).waitFor();
    await page.getByRole('link', { name: 'Activity', exact: true }).click();
    await page.getByText('No agent did anything here.').waitFor();
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await page.getByText('Nothing was printed as output.').waitFor();
  });
});
