import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { formatBytes, formatCount, plural } from '../../words/format-number.ts';
import type { LogReader } from './log-reader.ts';
import { SaveButton } from './save-button.tsx';
import type { Errors } from './use-errors.ts';
import type { LogState } from './use-log.ts';
import type { PaneScroll } from './use-pane-scroll.ts';

interface LogStatusProps {
  readonly reader: LogReader;
  readonly state: LogState;
  readonly scroll: PaneScroll;
  readonly errors: Errors;
  readonly children: ReactNode;
}

/** How long the log is, what is hidden in it, and whether its end is followed. */
export function LogStatus({ reader, state, scroll, errors, children }: LogStatusProps) {
  const { lines, bytes, isLive } = state;
  const hidden = useHiddenLines(reader, state);
  if (lines === 0) return null;
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 pb-1 text-meta text-ink-2">
      <span className="font-semibold text-ink">{reader.place.stream === 'stdout' ? 'Output' : 'Error output'}</span>
      <span>{lines === null ? '' : `${plural(lines, 'line')}, ${formatBytes(bytes)}`}</span>
      {hidden === 0 ? null : <span>Secrets hidden in {plural(hidden, 'line')}</span>}
      <span className="grow" />
      {!isLive ? null : <Following scroll={scroll} lines={lines ?? 0} />}
      {children}
      <Button aria-disabled={errors.isSearching} onClick={errors.first}>
        First error
      </Button>
      <SaveButton reader={reader} bytes={bytes} />
    </div>
  );
}

function Following({ scroll, lines }: { readonly scroll: PaneScroll; readonly lines: number }) {
  if (scroll.pausedAt === null) return <span className="text-live">Following</span>;
  const newLines = Math.max(0, lines - scroll.pausedAt);
  return (
    <>
      <span>Paused, {formatCount(newLines)} new</span>
      <Button onClick={scroll.follow}>Follow</Button>
    </>
  );
}

/** What the daemon writes in the place of a secret. */
const HIDDEN = '[redacted]';

/** In how many lines something is hidden; counted once the log is whole. */
function useHiddenLines(reader: LogReader, { lines, isLive }: LogState): number {
  const [count, setCount] = useState(0);
  const isWhole = lines !== null && lines > 0 && !isLive;
  useEffect(() => {
    if (!isWhole) return;
    const stop = new AbortController();
    void reader.find(HIDDEN, { offset: 0, limit: 0, signal: stop.signal }).then((found) => {
      if (found.ok) setCount(found.value.total);
    });
    return () => stop.abort();
  }, [reader, isWhole]);
  return count;
}
