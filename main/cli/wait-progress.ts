import type { EventFilter } from '../../contract/client/event-routes.ts';
import type { CliContext } from './cli-context.ts';

/** What who waits sees of it, on stderr. */
export interface WaitProgress {
  /** One look at the daemon that brought no end. */
  readonly looked: () => void;
  /** Text with its line breaks, as it goes behind dots. */
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

export interface ProgressSubject {
  /** `step s1`: for people. */
  readonly name: string;
  readonly events: EventFilter;
}

/** A dot a look, which inherited scripts know; on a terminal one line that changes in place. */
export async function showProgress(context: CliContext, subject: ProgressSubject): Promise<WaitProgress> {
  const { terminal } = context;
  if (terminal.errScreen.size() === null) {
    return { looked: () => terminal.err('.'), say: terminal.err, stop: () => terminal.err('\n') };
  }
  const { openStatusLine } = await import('./watch/status-line.ts');
  return openStatusLine(context, subject);
}
