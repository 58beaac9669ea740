/** Where lines are in a pane that scrolls. Every row is as high as the next. */
export interface Pane {
  readonly lines: number;
  readonly rowPx: number;
  /** Of what is seen. */
  readonly heightPx: number;
}

/** Chromium draws nothing beyond 33,554,428 pixels. */
const MOST_PX = 30_000_000;

export const contentPx = ({ lines, rowPx }: Pane): number => Math.min(lines * rowPx, MOST_PX);

const scrollPx = (pane: Pane): number => Math.max(0, contentPx(pane) - pane.heightPx);

/** The line at the top edge, with its fraction. Beyond what can be drawn a pixel stands for more than a pixel. */
export function topLine(pane: Pane, scrollTop: number): number {
  const way = scrollPx(pane);
  if (way === 0) return 0;
  return (Math.min(scrollTop, way) / way) * (pane.lines - pane.heightPx / pane.rowPx);
}

/** The scroll position at which a line, with its fraction, stands at the top edge. */
export function scrollTopOf(pane: Pane, line: number): number {
  const hidden = pane.lines - pane.heightPx / pane.rowPx;
  if (hidden <= 0) return 0;
  return Math.max(0, Math.min(1, line / hidden)) * scrollPx(pane);
}

/** Lines that are at least partly seen, and some before and after; the last one is not in it. */
export function seenLines(pane: Pane, scrollTop: number, more: number): { readonly from: number; readonly to: number } {
  const top = topLine(pane, scrollTop);
  return {
    from: Math.max(0, Math.floor(top) - more),
    to: Math.min(pane.lines, Math.ceil(top + pane.heightPx / pane.rowPx) + more),
  };
}

/** Where a line is drawn, from the top of what is seen. */
export const linePx = (pane: Pane, scrollTop: number, line: number): number =>
  Math.round((line - topLine(pane, scrollTop)) * pane.rowPx);

/** Within two rows of the end. */
export const isAtEnd = (pane: Pane, scrollTop: number): boolean => scrollPx(pane) - scrollTop <= 2 * pane.rowPx;

/** Scrolls so far that the line is seen whole; null: it is seen already. */
export function scrollTopToSee(pane: Pane, scrollTop: number, line: number): number | null {
  const top = topLine(pane, scrollTop);
  const rows = pane.heightPx / pane.rowPx;
  if (line < top) return scrollTopOf(pane, line);
  return line + 1 > top + rows ? scrollTopOf(pane, line + 1 - rows) : null;
}

/** Scrolls so that the line stands in the middle. */
export const scrollTopAround = (pane: Pane, line: number): number =>
  scrollTopOf(pane, line - (pane.heightPx / pane.rowPx - 1) / 2);

/** Where lines are that are as high as their text is long: the line that stands as far down as one has scrolled. */
export interface WrapAnchor {
  readonly line: number;
  /** How much of it is above that place, of 1. */
  readonly part: number;
  /** From the top of what is seen. */
  readonly atPx: number;
  readonly from: number;
  readonly to: number;
}

/** At the top it is the first line at the top edge, at the end the last one at the bottom edge. */
export function wrapAnchor(pane: Pane, scrollTop: number, leastRowPx: number): WrapAnchor {
  const way = scrollPx(pane);
  const share = way === 0 ? 0 : Math.min(1, scrollTop / way);
  const position = share * pane.lines;
  const line = Math.max(0, Math.min(pane.lines - 1, Math.floor(position)));
  const atPx = share * pane.heightPx;
  const above = Math.ceil(atPx / leastRowPx) + 2;
  const below = Math.ceil((pane.heightPx - atPx) / leastRowPx) + 2;
  return { line, part: position - line, atPx, from: Math.max(0, line - above), to: Math.min(pane.lines, line + below) };
}

/** The scroll position at which a line that wraps is in sight. */
export const wrapTopAround = (pane: Pane, line: number): number =>
  pane.lines === 0 ? 0 : ((line + 0.5) / pane.lines) * scrollPx(pane);
