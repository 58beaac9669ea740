import type { CliContext } from './cli-context.ts';
import { parseDuration } from './duration.ts';
import { oneLine } from './terminal.ts';
import type { WaitLimits } from './wait-loop.ts';

const DEFAULT_INTERVAL_MS = 2000;
/** Below it a daemon that cannot wait itself would be asked without pause. */
const MIN_INTERVAL_MS = 50;

interface WaitFlags {
  readonly interval: string | undefined;
  readonly timeout: string | undefined;
}

/** `--interval` and `--timeout` of a wait. What is no duration is passed over, as it always was, but not in silence. */
export function waitLimits(context: CliContext, { interval, timeout }: WaitFlags): WaitLimits {
  const read = (name: string, text: string | undefined, fallbackMs: number): number => {
    if (text === undefined) return fallbackMs;
    const durationMs = parseDuration(text);
    if (durationMs === null) {
      context.terminal.err(`${name} ${oneLine(text)} is passed over: no duration such as 30s, 5m or 1h30m\n`);
    }
    return durationMs ?? fallbackMs;
  };
  const intervalMs = Math.max(MIN_INTERVAL_MS, read('--interval', interval, DEFAULT_INTERVAL_MS));
  return { intervalMs, timeoutMs: read('--timeout', timeout, 0) };
}
