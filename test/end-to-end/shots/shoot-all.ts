import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Place, placesOf } from '../support/addresses.ts';
import { launchChromium } from '../support/chromium.ts';
import { toPalettePng } from '../support/palette-png.ts';
import { seeSettled } from '../support/see-settled.ts';
import { goTo, seeLive } from '../support/way-in.ts';
import { type Look, viewportOf } from './looks.ts';
import { showSameEachTime } from './same-each-time.ts';
import { openScene, SCENES, type Scene } from './scenes.ts';

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

async function shootScene(from: Browser, scene: Scene, wanted: Wanted): Promise<void> {
  const { house, furniture, happenedAtMs } = await openScene(scene);
  try {
    const places = placesOf(furniture).filter(
      (place) => scene.shows(place) && isWanted(wanted, `${place.name}-${scene.name}`),
    );
    for (const look of places.length === 0 ? [] : scene.looks) {
      const context = await from.newContext({
        viewport: viewportOf(look),
        colorScheme: look.theme,
        locale: 'en-GB',
        timezoneId: 'UTC',
        reducedMotion: 'reduce',
      });
      await showSameEachTime(context, house, happenedAtMs);
      const page = await context.newPage();
      await page.goto(await house.link());
      await seeLive(page);
      await scene.disturb?.({ house, page, context });
      for (const place of places) await shoot(page, { place, scene, look });
      await context.close();
      await scene.restore?.(house);
    }
  } finally {
    await house.close();
  }
}

interface Shot {
  readonly place: Place;
  readonly scene: Scene;
  readonly look: Look;
}

async function shoot(page: Page, { place, scene, look }: Shot): Promise<void> {
  await goTo(page, place.address);
  await seeSettled(page);
  const name = `${place.name}-${scene.name}-${look.theme}-${look.width}.png`;
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(FOLDER, name), toPalettePng(picture));
  console.log(name);
}

function isWanted(wanted: Wanted, name: string): boolean {
  return wanted.length === 0 || wanted.some((part) => name.includes(part));
}
