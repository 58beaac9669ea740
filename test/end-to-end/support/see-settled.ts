import type { Page, Request } from 'playwright-core';

/** The screen is there, and nothing of it is still being loaded. */
export async function seeSettled(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await seeQuiet(page);
}

/** Nothing is being loaded, whatever lies over the screen. */
export async function seeQuiet(page: Page): Promise<void> {
  const giveUpAtMs = performance.now() + PATIENCE_MS;
  for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
    if (performance.now() > giveUpAtMs) throw new Error(`${page.url()} still loads ${stillOpen(page).join(', ')}`);
    await page.waitForFunction(() => document.querySelector('[data-waiting]') === null);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    // What an answer or a script sets off is asked within a few frames of it.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20))));
    quiet = stillOpen(page).length === 0 ? quiet + 1 : 0;
  }
}

/** Looks one after the other in which nothing was under way. */
const QUIET_ROUNDS = 6;

const PATIENCE_MS = 20_000;

const stillOpen = (page: Page): readonly string[] =>
  [...(openRequests.get(page) ?? [])].map((request) => request.url());

const openRequests = new WeakMap<Page, Set<Request>>();

/** From now on it is known what a page still waits for. Streams, which do not end, do not count. */
export function followRequests(page: Page): void {
  const open = new Set<Request>();
  openRequests.set(page, open);
  page.on('request', (request) => {
    if (!isStream(request) && !isOfWorker(request)) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
}

/** The browser does not tell when a script of a worker has come. */
const isOfWorker = (request: Request): boolean =>
  /worker/.test(new URL(request.url()).pathname) || request.resourceType() === 'other';

const isStream = (request: Request): boolean =>
  /\/api\/v1\/events|[?&]follow=|\/wait\b/.test(request.url()) || request.headers()['accept'] === 'text/event-stream';
