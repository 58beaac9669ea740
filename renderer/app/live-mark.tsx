import { CircleDashed, CircleDot, CircleSlash2 } from 'lucide-react';
import { useFeedStatus } from '../live/feed-status.ts';

/** Whether this page hears of what happens. */
export function LiveMark() {
  const kind = useFeedStatus((feed) => feed.status.kind);
  if (kind === 'live') return <Mark icon={CircleDot} word="live" tone="text-live" />;
  if (kind === 'connecting') return <Mark icon={CircleDashed} word="connecting" tone="text-idle" />;
  return <Mark icon={CircleSlash2} word="not live" tone="text-fail" />;
}

function Mark({ icon: Icon, word, tone }: { icon: typeof CircleDot; word: string; tone: string }) {
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      <Icon aria-hidden size={16} strokeWidth={1.62} />
      {word}
    </span>
  );
}
