import { Button } from '../../parts/button.tsx';
import { formatBytes, formatCount, plural } from '../../words/format-number.ts';
import type { LogState } from './use-log.ts';
import type { PaneScroll } from './use-pane-scroll.ts';

interface LogStatusProps {
  readonly label: string;
  readonly state: LogState;
  readonly scroll: PaneScroll;
}

/** How long the log is, and whether its end is followed. */
export function LogStatus({ label, state: { lines, bytes, isLive }, scroll }: LogStatusProps) {
  const newLines = scroll.pausedAt === null ? 0 : Math.max(0, (lines ?? 0) - scroll.pausedAt);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-3 text-meta text-ink-2">
      <span className="font-semibold text-ink">{label}</span>
      <span>{lines === null ? '' : `${plural(lines, 'line')}, ${formatBytes(bytes)}`}</span>
      <span className="grow" />
      {!isLive ? null : scroll.pausedAt === null ? (
        <span className="text-live">Following</span>
      ) : (
        <>
          <span>Paused, {formatCount(newLines)} new</span>
          <Button onClick={scroll.follow}>Follow</Button>
        </>
      )}
    </div>
  );
}
