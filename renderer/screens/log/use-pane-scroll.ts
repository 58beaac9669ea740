import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { contentPx, isAtEnd, type Pane, scrollTopAround, scrollTopToSee, wrapTopAround } from './log-geometry.ts';

export interface PaneScroll {
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly pane: Pane;
  readonly scrollTop: number;
  /** How many lines there were when whoever looks scrolled up; null: the end is followed. */
  readonly pausedAt: number | null;
  readonly onScroll: () => void;
  readonly follow: () => void;
  /** Shows a line, in the middle if it is not in sight, and follows no longer. */
  readonly show: (line: number) => void;
  /** Scrolls no further than it takes to see the line. */
  readonly keepInSight: (line: number) => void;
  /** Rows turned out to be so high on average. */
  readonly noteRowPx: (rowPx: number) => void;
}

interface PaneScrollOptions {
  readonly lines: number;
  /** Where it begins instead of at the end. */
  readonly firstLine: number | null;
  readonly wraps: boolean;
}

export const ROW_PX = 18;
/** A line that is drawn at all is never longer on average. */
const MOST_ROW_PX = 600;

/** Keeps the end in sight as long as nobody scrolls up. */
export function usePaneScroll({ lines, firstLine, wraps }: PaneScrollOptions): PaneScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [heightPx, setHeightPx] = useState(0);
  const [seenTop, setSeenTop] = useState(0);
  const [pausedAt, setPausedAt] = useState<number | null>(firstLine === null ? null : 0);
  const lastTop = useRef(0);
  const [wrappedRowPx, setWrappedRowPx] = useState(ROW_PX);
  const rowPx = wraps ? wrappedRowPx : ROW_PX;
  const pane: Pane = { lines, heightPx, rowPx };
  const isPinned = pausedAt === null;
  const endTop = Math.max(0, contentPx(pane) - heightPx);
  const scrollTop = isPinned ? endTop : Math.min(seenTop, endTop);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (isPinned && scroller.current !== null) scroller.current.scrollTop = endTop;
  }, [isPinned, endTop]);

  const scrollTo = (top: number): void => {
    setPausedAt((before) => before ?? lines);
    setSeenTop(top);
    lastTop.current = top;
    if (scroller.current !== null) scroller.current.scrollTop = top;
  };
  const show = (line: number): void => {
    if (wraps) scrollTo(wrapTopAround(pane, line));
    else if (scrollTopToSee(pane, scrollTop, line) !== null) scrollTo(scrollTopAround(pane, line));
    else setPausedAt((before) => before ?? lines);
  };

  // A link to a line can be followed once the log and its place on the page are known.
  const awaited = useRef(firstLine);
  useLayoutEffect(() => {
    if (awaited.current === null || lines === 0 || heightPx === 0) return;
    const line = Math.min(awaited.current, lines - 1);
    awaited.current = null;
    setPausedAt(lines);
    scrollTo(wraps ? wrapTopAround(pane, line) : scrollTopAround(pane, line));
  });

  const onScroll = useCallback((): void => {
    const top = scroller.current?.scrollTop ?? 0;
    const isUp = top < lastTop.current - 1;
    const here: Pane = { lines, heightPx, rowPx };
    lastTop.current = top;
    setSeenTop(top);
    if (isAtEnd(here, top)) setPausedAt(null);
    else if (isUp) setPausedAt((before) => before ?? lines);
  }, [lines, heightPx, rowPx]);

  return {
    scroller,
    pane,
    scrollTop,
    pausedAt,
    onScroll,
    follow: () => setPausedAt(null),
    show,
    keepInSight: (line) => {
      const top = wraps ? wrapTopAround(pane, line) : scrollTopToSee(pane, scrollTop, line);
      if (top !== null) scrollTo(top);
    },
    // It only grows: a scroll bar that changed with what is seen would run away from who holds it.
    noteRowPx: (noted) => setWrappedRowPx((before) => Math.max(before, Math.min(MOST_ROW_PX, Math.ceil(noted)))),
  };
}
