import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { joinClasses } from './join-classes.ts';
import { moveOf } from './row-move.ts';
import { useRowHeight } from './use-row-height.ts';

interface VirtualGridProps {
  readonly label: string;
  /** Of CSS: `minmax(0,2fr) 10rem`. */
  readonly columns: string;
  readonly headings: readonly string[];
  /** How many of the headings, from the left, are heard and not seen. */
  readonly unseenHeadings?: number;
  /** Makes it a tree: where a row stands in it. */
  readonly placeOf?: (index: number) => TreePlace;
  /** Rows that are here. */
  readonly count: number;
  /** Rows that there are; null: not known. */
  readonly total: number | null;
  /** The cells of a row. */
  readonly renderRow: (index: number) => ReactNode;
  readonly keyOf: (index: number) => string;
  readonly isSelected?: (index: number) => boolean;
  readonly onOpen: (index: number) => void;
  /** Other keys of the row that has the focus. True: it was one. */
  readonly onKey?: (key: string, index: number) => boolean;
  /** The last rows come into sight. */
  readonly onNearEnd?: () => void;
}

export interface TreePlace {
  /** From 1. */
  readonly level: number;
  /** Null: nothing is below it. */
  readonly isOpen: boolean | null;
}

const NEAR_END = 20;

/** A long table of which only what is seen is drawn. One tab stop; arrows, Home and End move within it. */
export function VirtualGrid(props: VirtualGridProps) {
  const { label, columns, headings, unseenHeadings = 0, placeOf, count, total } = props;
  const { renderRow, keyOf, isSelected, onOpen, onKey, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: keyOf,
    // The row with the focus stays, wherever one scrolls: without it the focus would be lost.
    rangeExtractor: useCallback(
      (range) =>
        [...new Set([...defaultRangeExtractor(range), Math.min(active, range.count - 1)])].toSorted((a, b) => a - b),
      [active],
    ),
    onChange: ({ range }) => {
      if (range !== null && range.endIndex >= count - NEAR_END) onNearEnd?.();
    },
  });

  // A key that is held comes faster than frames: it goes on from the row that will have the focus.
  const headingFor = useRef<number | null>(null);
  const focusRow = (index: number): void => {
    headingFor.current = index;
    setActive(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
      if (headingFor.current === index) headingFor.current = null;
    });
  };

  const onKeyDown = (event: KeyboardEvent, focused: number): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = headingFor.current ?? focused;
    const to = moveOf(event.key, {
      index,
      count,
      page: Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1,
    });
    if (to !== null) focusRow(to);
    else if (event.key === 'Enter') onOpen(index);
    else if (onKey?.(event.key, index) !== true) return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label
    <div
      ref={scroller}
      role={placeOf === undefined ? 'grid' : 'treegrid'}
      aria-label={label}
      aria-rowcount={total === null ? -1 : total + 1}
      className="h-full overflow-auto"
    >
      <div
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        style={{ gridTemplateColumns: columns }}
        className="sticky top-0 z-10 grid items-center gap-3 border-b border-line bg-canvas pr-3 text-meta text-ink-3"
      >
        {headings.map((heading, index) => (
          <span key={heading} role="columnheader" className="truncate">
            <span className={index < unseenHeadings ? 'sr-only' : undefined}>{heading}</span>
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize() }} className="relative">
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            role="row"
            data-index={index}
            aria-rowindex={index + 2}
            aria-selected={isSelected?.(index) ?? false}
            aria-level={placeOf?.(index).level}
            aria-expanded={placeOf?.(index).isOpen ?? undefined}
            tabIndex={index === Math.min(active, count - 1) ? 0 : -1}
            style={{ transform: `translateY(${start}px)`, height: rowHeight, gridTemplateColumns: columns }}
            className={joinClasses(
              'absolute inset-x-0 grid items-center gap-3 border-b border-line pr-3 hover:bg-hover focus-visible:-outline-offset-2',
              isSelected?.(index) === true && 'bg-selected',
            )}
            onFocus={() => setActive(index)}
            onClick={() => onOpen(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {renderRow(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
