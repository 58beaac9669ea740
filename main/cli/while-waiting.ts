import { formatTicking } from './format-time.ts';
import type { Terminal } from './terminal.ts';

/** Below it nobody wonders. */
const QUIET_MS = 1000;

/** Waits for something that may take long; on a terminal a line on stderr says what for and how long by now. */
export async function whileWaiting<T>({ err, errScreen }: Terminal, what: string, work: Promise<T>): Promise<T> {
  if (errScreen.size() === null) return work;
  const { openCanvas } = await import('./watch/canvas.ts');
  const canvas = openCanvas(err, errScreen);
  const startedMs = performance.now();
  const ticker = setInterval(() => canvas.draw([`${what}, ${formatTicking(performance.now() - startedMs)}`]), QUIET_MS);
  try {
    return await work;
  } finally {
    clearInterval(ticker);
    canvas.clear();
  }
}
