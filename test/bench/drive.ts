import { setTimeout as sleep } from 'node:timers/promises';

/** A commit every so often, with all that is due by then. */
const TICK_MS = 10;

/** Calls `make` with how many are due, so that on average `perSecond` are made for so many seconds. */
export async function drive(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  make: (count: number) => void,
): Promise<void> {
  const startedAtMs = performance.now();
  const total = perSecond * seconds;
  let made = 0;
  while (made < total) {
    const elapsedSeconds = (performance.now() - startedAtMs) / 1000;
    const due = Math.min(Math.floor(elapsedSeconds * perSecond), total) - made;
    if (due > 0) make(due);
    made += due;
    await sleep(TICK_MS);
  }
}
