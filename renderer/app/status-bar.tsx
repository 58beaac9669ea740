import { type FeedStatus, useFeedStatus } from '../live/feed-status.ts';
import { formatClock } from '../words/format-time.ts';

/** Told across the whole page while what is shown may be old. */
export function StatusBar({ name }: { readonly name: string }) {
  const status = useFeedStatus((feed) => feed.status);
  const sentence = sentenceOf(status, name);
  if (sentence === null) return null;
  return (
    <div role="alert" className="border-b border-line bg-sunken px-4 py-1.5 font-semibold">
      {sentence}
    </div>
  );
}

function sentenceOf(status: FeedStatus, name: string): string | null {
  switch (status.kind) {
    case 'connecting':
    case 'live':
      return null;
    case 'stale':
      return `Live updates stopped ${formatClock(status.sinceMs)}. Showing what was true then.`;
    case 'offline':
      return `Not connected to ${name} since ${formatClock(status.sinceMs)}. Showing what was true then.`;
    case 'locked-out':
      return 'This window is not let in any more. Run "codencer open" where the daemon runs: it makes a new link.';
  }
}
