import { setTimeout as sleep } from 'node:timers/promises';

/** For conditions of the outside world that send no event. The test's own timeout is the limit. */
export async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}
