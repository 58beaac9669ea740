import { type KeyboardEvent, useCallback, useEffect, useId, useState } from 'react';
import { FailureNote } from '../../parts/failure-note.tsx';
import { formatCount } from '../../words/format-number.ts';
import { contentPx, linePx, seenLines } from './log-geometry.ts';
import type { LogReader } from './log-reader.ts';
import { LogRow } from './log-row.tsx';
import { LogStatus } from './log-status.tsx';
import { useLog } from './use-log.ts';
import { usePaneScroll } from './use-pane-scroll.ts';

interface LogPaneProps {
  readonly reader: LogReader;
  /** The line that the address names, from 0. */
  readonly linkedLine: number | null;
  readonly wraps: boolean;
}

const MORE_LINES = 12;

/** One log of any length: only what is seen of it is here. */
export function LogPane({ reader, linkedLine, wraps }: LogPaneProps) {
  const id = useId();
  const { blocks, state } = useLog(reader);
  const lines = state.lines ?? 0;
  const scroll = usePaneScroll(lines, linkedLine);
  const [active, setActive] = useState(linkedLine ?? 0);
  const { pane, scrollTop } = scroll;
  const { from, to } = seenLines(pane, scrollTop, MORE_LINES);
  useEffect(() => blocks.look(from, Math.min(to, lines)), [blocks, from, to, lines]);

  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(pane.heightPx / pane.rowPx) - 1);
    const target = lineAfter(event, { active, lines, page });
    if (target === null) return;
    event.preventDefault();
    setActive(target);
    if (event.key === 'End') scroll.follow();
    else scroll.keepInSight(target);
  };
  const whole = useCallback(() => undefined, []);
  const label = reader.place.stream === 'stdout' ? 'Output' : 'Error output';
  const numberWidth = `${Math.max(4, formatCount(lines).length) + 3}ch`;
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  return (
    <section aria-label={label} className="flex min-h-0 grow basis-0 flex-col">
      <LogStatus label={label} state={state} scroll={scroll} />
      {state.failure === null ? null : <FailureNote failure={state.failure} what="the log" onRetry={blocks.retry} />}
      <div
        ref={scroll.scroller}
        role="grid"
        aria-label={`${label}, line by line`}
        aria-rowcount={lines}
        aria-activedescendant={active >= from && active < to ? `${id}-${active}` : undefined}
        tabIndex={0}
        data-log={reader.place.stream}
        className="relative min-h-0 grow overflow-auto overscroll-contain border border-line bg-sunken font-mono text-log focus-visible:-outline-offset-2"
        onScroll={scroll.onScroll}
        onKeyDown={move}
      >
        <div aria-hidden style={{ height: contentPx(pane) }} className="absolute top-0 w-px" />
        {/* It stays where it is and its rows move: at eighteen million pixels there are no whole ones any more. */}
        <div role="rowgroup" className="sticky top-0 h-0 w-max min-w-full">
          {shown.map((index) => (
            <LogRow
              key={index}
              index={index}
              id={`${id}-${index}`}
              line={blocks.lineAt(index)}
              topPx={wraps ? null : linePx(pane, scrollTop, index)}
              numberWidth={numberWidth}
              isActive={index === active}
              isError={reader.place.stream === 'stderr'}
              onWhole={whole}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

interface ActiveLine {
  readonly active: number;
  readonly lines: number;
  readonly page: number;
}

/** Where a key leads; null: it is none that moves. */
function lineAfter(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  { active, lines, page }: ActiveLine,
): number | null {
  if (ctrlKey || metaKey || altKey) return null;
  const to = STEPS[key]?.(active, { lines, page }) ?? null;
  return to === null ? null : Math.max(0, Math.min(lines - 1, to));
}

const STEPS: Readonly<Record<string, (active: number, of: Omit<ActiveLine, 'active'>) => number>> = {
  ArrowDown: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active, { page }) => active + page,
  PageUp: (active, { page }) => active - page,
  Home: () => 0,
  End: (_, { lines }) => lines - 1,
};
