import type { CliContext } from './cli-context.ts';
import { formatDuration } from './duration.ts';
import type { ProgressSubject, WaitProgress } from './progress-subject.ts';

interface ProgressLimits {
  readonly intervalMs: number;
  /** 0: without end. */
  readonly timeoutMs: number;
}

/** A dot a look, which inherited scripts know; on a terminal one line that changes in place. */
export async function showProgress(
  context: CliContext,
  subject: ProgressSubject,
  { intervalMs, timeoutMs }: ProgressLimits,
): Promise<WaitProgress> {
  const { terminal } = context;
  if (terminal.errScreen.size() === null) {
    const limits = `interval: ${formatDuration(intervalMs)}, timeout: ${formatDuration(timeoutMs)}`;
    terminal.err(`Waiting for ${subject.name} (${limits})...`);
    return { looked: () => terminal.err('.'), say: terminal.err, stop: () => terminal.err('\n') };
  }
  const limit = timeoutMs > 0 ? ` for at most ${formatDuration(timeoutMs)}` : '';
  terminal.err(`Waiting for ${subject.name}${limit}. Ctrl-C stops the waiting, not the work.\n`);
  const { openStatusLine } = await import('./watch/status-line.ts');
  return openStatusLine(context, subject);
}
