import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './provide-chromium.ts';

/** Nothing in it asks anybody outside: no updates, no lists, no sync. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--font-render-hinting=none',
  '--hide-scrollbars',
] as const;

/** A browser of its own; whoever launches it closes it. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('there is no Chromium: npm run test:e2e installs it, or CHROMIUM names one');
  return chromium.launch({ executablePath, args: [...QUIET, ...more] });
}
