import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Place } from '../support/addresses.ts';
import { FURNISHABLE, type Furniture, furnish } from '../support/furnish.ts';
import { type House, type HousePlan, openHouse } from '../support/house.ts';
import { seeSettled } from '../support/see-settled.ts';
import { EVERY_LOOK, type Look, SOME_LOOKS } from './looks.ts';

/** A state in which the screens are looked at. */
export interface Scene {
  readonly name: string;
  readonly looks: readonly Look[];
  readonly plan: HousePlan;
  readonly isFurnished: boolean;
  /** What lies over a screen is looked at, too. */
  readonly hasLayers?: boolean;
  readonly shows: (place: Place) => boolean;
  /** What befalls the page after it is in. */
  readonly disturb?: (what: { house: House; page: Page; context: BrowserContext }) => Promise<void>;
  /** After it the house is another: the next look needs a new one. */
  readonly isSpentByLook?: boolean;
}

const HUGE_RUNS = 2000;

export const SCENES: readonly Scene[] = [
  {
    name: 'empty',
    looks: SOME_LOOKS,
    plan: {},
    isFurnished: false,
    shows: ({ isGeneral }) => isGeneral,
  },
  { name: 'filled', looks: EVERY_LOOK, plan: FURNISHABLE, isFurnished: true, hasLayers: true, shows: () => true },
  {
    name: 'error',
    looks: SOME_LOOKS,
    plan: {},
    isFurnished: false,
    shows: ({ isGeneral }) => isGeneral,
    disturb: ({ context }) => failEverything(context),
  },
  {
    name: 'offline',
    looks: SOME_LOOKS,
    plan: FURNISHABLE,
    isFurnished: true,
    shows: ({ name }) => ['overview', 'runs', 'inbox'].includes(name),
    disturb: ({ house, page }) => seeThenLose(house, page),
    isSpentByLook: true,
  },
  {
    name: 'huge',
    looks: SOME_LOOKS,
    plan: { prepare: ({ root }) => seed(root) },
    isFurnished: false,
    shows: ({ isGeneral }) => isGeneral,
  },
];

const NOTHING: Furniture = { run: 'none', step: 'none', agentStep: 'none', gate: 'none' };

export interface FurnishedScene {
  readonly house: House;
  readonly furniture: Furniture;
  readonly happenedAtMs: number;
}

export async function openScene({ plan, isFurnished }: Scene): Promise<FurnishedScene> {
  const house = await openHouse(plan);
  try {
    const furniture = isFurnished ? await furnish(house) : NOTHING;
    return { house, furniture, happenedAtMs: Date.now() };
  } catch (error) {
    await house.close();
    throw error;
  }
}

const REFUSAL = {
  status: 500,
  contentType: 'text/plain',
  headers: { 'x-codencer-error': 'internal' },
  body: 'the record could not be read: the disk does not answer\n',
};

/** Whatever is asked from now on. */
async function failEverything(context: BrowserContext): Promise<void> {
  await context.route(/\/api\/v1\/(?!events|instance$)/, (route) => route.fulfill(REFUSAL));
}

/** Each screen is looked at once, so that there is something to be shown that was true then. */
async function seeThenLose(house: House, page: Page): Promise<void> {
  for (const label of ['Runs', 'Inbox', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name: label }).click();
    await page.getByRole('main').getByRole('heading', { level: 1, name: label }).waitFor({ state: 'attached' });
    await seeSettled(page);
  }
  await house.kill();
  await page.getByRole('alert').filter({ hasText: 'Not connected' }).waitFor();
}

function seed(root: string): void {
  const script = join(import.meta.dirname, '../../seed/main.ts');
  const args = [script, '--runs', String(HUGE_RUNS), '--events', String(HUGE_RUNS * 10), '--repo-root', root];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the record was not filled: ${stderr}`);
}
