import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Place, placesOf } from '../support/addresses.ts';
import { launchChromium } from '../support/chromium.ts';
import { toPalettePng } from '../support/palette-png.ts';
import { followRequests, seeQuiet, seeSettled } from '../support/see-settled.ts';
import { goTo, seeLive } from '../support/way-in.ts';
import { type Look, viewportOf } from './looks.ts';
import { showSameEachTime } from './same-each-time.ts';
import { type FurnishedScene, openScene, SCENES, type Scene } from './scenes.ts';

const FOLDER = join(import.meta.dirname, '../screens');

/** Of which names; empty: all. */
type Wanted = readonly string[];

export async function shootAll(wanted: Wanted): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchChromium(['--disable-lcd-text']);
  try {
    for (const scene of SCENES) await shootScene(browser, scene, wanted);
  } finally {
    await browser.close();
  }
}

async function shootScene(browser: Browser, scene: Scene, wanted: Wanted): Promise<void> {
  const rounds = scene.isSpentByLook === true ? scene.looks.map((look) => [look]) : [scene.looks];
  for (const looks of rounds) {
    const furnished = await openScene(scene);
    try {
      const places = [...placesOf(furnished.furniture), ...(scene.hasLayers === true ? LAYERS : [])].filter(
        (place) => scene.shows(place) && isWanted(wanted, `${place.name}-${scene.name}`),
      );
      for (const look of places.length === 0 ? [] : looks) await shootLook(browser, { scene, furnished, places, look });
    } finally {
      await furnished.house.close();
    }
  }
}

/** What lies over a screen, by the keys that bring it. */
const LAYERS: readonly Place[] = [
  { name: 'palette', address: '/', isGeneral: true, keys: 'Control+k' },
  { name: 'keys', address: '/', isGeneral: true, keys: '?' },
];

interface LookShot {
  readonly scene: Scene;
  readonly furnished: FurnishedScene;
  readonly places: readonly Place[];
  readonly look: Look;
}

async function shootLook(browser: Browser, { scene, furnished, places, look }: LookShot): Promise<void> {
  const { house, happenedAtMs } = furnished;
  const context = await browser.newContext({
    viewport: viewportOf(look),
    colorScheme: look.theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await showSameEachTime(context, house, happenedAtMs);
  const page = await context.newPage();
  followRequests(page);
  await page.goto(await house.link());
  await seeLive(page);
  await scene.disturb?.({ house, page, context });
  for (const place of places) await shoot(page, { place, scene, look });
  await context.close();
}

interface Shot {
  readonly place: Place;
  readonly scene: Scene;
  readonly look: Look;
}

async function shoot(page: Page, { place, scene, look }: Shot): Promise<void> {
  await goTo(page, place.address);
  await seeSettled(page);
  if (place.keys !== undefined) {
    await page.keyboard.press(place.keys);
    await page.getByRole('dialog').waitFor();
    await seeQuiet(page);
  }
  await page.waitForFunction(ARMED, undefined, { timeout: 2000 }).catch(() => undefined); // some stay off
  const name = `${place.name}-${scene.name}-${look.theme}-${look.width}.png`;
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(FOLDER, name), toPalettePng(picture));
  console.log(name);
  if (place.keys !== undefined) await page.keyboard.press('Escape');
}

/** Buttons of a card can be pressed a moment after it is shown. */
const ARMED = () => document.querySelector('main button[aria-disabled="true"]') === null;

function isWanted(wanted: Wanted, name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.includes(part));
}
