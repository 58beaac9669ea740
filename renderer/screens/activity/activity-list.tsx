import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { formatCount } from '../../words/format-number.ts';
import { EntryView } from './entry-view.tsx';
import type { ShownEntry } from './shown-entries.ts';

interface ActivityListProps {
  readonly entries: readonly ShownEntry[];
  readonly isAgentLive: boolean;
  readonly isUnfolded: boolean;
}

const GUESSED_PX = 44;
const END_PX = 48;

/** What an agent did, of which only what is seen is drawn. The end stays in sight until one scrolls up. */
export function ActivityList({ entries, isAgentLive, isUnfolded }: ActivityListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [pausedAt, setPausedAt] = useState<number | null>(isAgentLive ? null : 0);
  const [focused, setFocused] = useState(0);
  const lastTop = useRef(0);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => GUESSED_PX,
    overscan: 6,
    getItemKey: (index) => entries[index]?.id ?? index,
    // What has the focus stays, wherever one scrolls.
    rangeExtractor: useCallback(
      (range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(focused, range.count - 1)])].toSorted((a, b) => a - b),
      [focused],
    ),
  });
  const isPinned = pausedAt === null;
  const heightPx = virtualizer.getTotalSize();
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isPinned && element !== null) element.scrollTop = heightPx;
  }, [isPinned, heightPx]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const isUp = element.scrollTop < lastTop.current - 1;
    lastTop.current = element.scrollTop;
    if (element.scrollHeight - element.clientHeight - element.scrollTop <= END_PX) setPausedAt(null);
    else if (isUp) setPausedAt((before) => before ?? entries.length);
  };
  const onFold = useCallback((id: string) => {
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const newer = pausedAt === null ? 0 : Math.max(0, entries.length - pausedAt);
  return (
    <div className="relative min-h-0 grow">
      <section
        ref={scroller}
        aria-label="Activity of the agent"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
        tabIndex={0}
        className="h-full overflow-auto overscroll-contain border-t border-line [overflow-anchor:none] focus-visible:-outline-offset-2"
        onScroll={onScroll}
      >
        <ul style={{ height: heightPx }} className="relative">
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = entries[index];
            if (entry === undefined) return null;
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={entries.length}
                style={{ transform: `translateY(${start}px)` }}
                className="absolute inset-x-0 top-0"
                onFocus={() => setFocused(index)}
              >
                <EntryView
                  entry={entry}
                  isAgentLive={isAgentLive}
                  isLast={index === entries.length - 1}
                  isOpen={isUnfolded !== turned.has(entry.id)}
                  onFold={onFold}
                />
              </li>
            );
          })}
        </ul>
      </section>
      {!isAgentLive || isPinned ? null : (
        <div className="absolute right-4 bottom-3 flex items-center gap-2 rounded-md border border-edge bg-panel px-2 py-1">
          <span>Paused{newer === 0 ? '' : `, ${formatCount(newer)} new`}</span>
          <Button onClick={() => setPausedAt(null)}>Follow</Button>
        </div>
      )}
    </div>
  );
}
