import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, usageFailure } from './cli-failure.ts';
import { parseDuration } from './duration.ts';
import { printsForPeople } from './prints-for-people.ts';
import { oneLine } from './terminal.ts';
import type { WaitLimits } from './wait-loop.ts';

const DEFAULT_INTERVAL_MS = 2000;
/** Below it a daemon that cannot wait itself would be asked without pause. */
const MIN_INTERVAL_MS = 50;

export const DEFAULT_LIMITS: WaitLimits = { intervalMs: DEFAULT_INTERVAL_MS, timeoutMs: 0 };

interface WaitFlags {
  readonly interval: string | undefined;
  readonly timeout: string | undefined;
  readonly json: boolean;
}

/**
 * `--interval` and `--timeout` of a wait. Inherited scripts rely on it that what is no duration is passed over; it is
 * said. Who types it at a terminal is no script, and is refused.
 */
export function waitLimits(context: CliContext, flags: WaitFlags): Result<WaitLimits, CliFailure> {
  const isStrict = printsForPeople(context.terminal, { isJson: flags.json });
  const interval = readDuration('--interval', flags.interval);
  const timeout = readDuration('--timeout', flags.timeout);
  for (const duration of [interval, timeout]) {
    if (duration.ok) continue;
    if (isStrict) return duration;
    context.terminal.err(`${duration.error.message}; it is passed over\n`);
  }
  const intervalMs = (interval.ok ? interval.value : null) ?? DEFAULT_INTERVAL_MS;
  const timeoutMs = (timeout.ok ? timeout.value : null) ?? 0;
  return ok({ intervalMs: Math.max(MIN_INTERVAL_MS, intervalMs), timeoutMs });
}

/** `--timeout` of a watch, in milliseconds; 0: without end. No inherited script calls it. */
export function watchTimeout(text: string | undefined): Result<number, CliFailure> {
  const duration = readDuration('--timeout', text);
  return duration.ok ? ok(duration.value ?? 0) : duration;
}

/** Milliseconds, or `null` where none is given. */
function readDuration(flag: string, text: string | undefined): Result<number | null, CliFailure> {
  if (text === undefined) return ok(null);
  const durationMs = parseDuration(text);
  if (durationMs !== null) return ok(durationMs);
  return err(usageFailure(`${flag} expects a duration such as 30s, 5m or 1h30m, not ${JSON.stringify(oneLine(text))}`));
}
