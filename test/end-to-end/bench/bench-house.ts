import type { BrowserContext, Page } from 'playwright-core';
import { type House, type HousePlan, openHouse } from '../support/house.ts';
import { seeLive } from '../support/way-in.ts';
import type { UiBench } from './ui-row.ts';

const VIEWPORT = { width: 1280, height: 800 };

export async function benchHouse({ workshop }: UiBench, plan: HousePlan = {}): Promise<House> {
  const house = await openHouse(plan);
  workshop.defer(() => house.close());
  return house;
}

/** A browser that has seen nothing yet: nothing is in its cache. */
export async function freshContext({ browser, workshop }: UiBench): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  workshop.defer(() => context.close());
  return context;
}

export async function livePage(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await seeLive(page);
  return page;
}

/** A page of the same server with two sentences, no script and no data: what a browser and a server cost anyway. */
export const emptyPageOf = (baseUrl: string): string => `${baseUrl}/i/nobody/`;
