import type { FeedStatus } from '../live/feed-status.ts';
import { formatClock } from '../words/format-time.ts';

/** What the page says across its width while what it shows may be old; null: nothing. */
export function statusSentence(status: FeedStatus, name: string): string | null {
  switch (status.kind) {
    case 'connecting':
    case 'live':
      return null;
    case 'stale':
      return `Live updates stopped ${formatClock(status.sinceMs)}. Showing what was true then; this page tries again.`;
    case 'offline':
      return `Not connected to ${name} since ${formatClock(status.sinceMs)}. Showing what was true then.`;
    case 'locked-out':
      return 'This window is not let in any more. Run "codencer open" where the daemon runs: it makes a new link.';
  }
}
