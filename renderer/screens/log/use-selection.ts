import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { LINE_END, type LineSelection, selectedColumns, type TextPlace } from './line-selection.ts';
import { columnAt, FOUND_HIGHLIGHT, paint, rangeIn, rangesOf, SELECTION_HIGHLIGHT } from './paint-ranges.ts';

export interface Selecting {
  readonly selection: LineSelection | null;
  readonly select: (selection: LineSelection | null) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
}

const SCROLL_MS = 50;
const SCROLL_PX = 54;

/** Selects text across rows that come and go: the browser's own selection would end with the first row that goes. */
export function useSelection(scroller: RefObject<HTMLDivElement | null>): Selecting {
  const [selection, setSelection] = useState<LineSelection | null>(null);
  const drag = useRef<{ readonly anchor: TextPlace; x: number; y: number } | null>(null);
  const [isDragging, setIsDragging] = useState(false);

  const extend = (): void => {
    const dragged = drag.current;
    if (dragged === null || scroller.current === null) return;
    const focus = placeAt(scroller.current, dragged.x, dragged.y);
    if (focus !== null) setSelection({ anchor: dragged.anchor, focus });
  };

  useEffect(() => {
    if (!isDragging) return;
    const timer = setInterval(() => {
      const dragged = drag.current;
      const element = scroller.current;
      if (dragged === null || element === null) return;
      const { top, bottom } = element.getBoundingClientRect();
      const by = dragged.y < top ? -SCROLL_PX : dragged.y > bottom ? SCROLL_PX : 0;
      if (by === 0) return;
      element.scrollTop += by;
      const focus = placeAt(element, dragged.x, by < 0 ? top + 1 : bottom - 1);
      if (focus !== null) setSelection({ anchor: dragged.anchor, focus });
    }, SCROLL_MS);
    return () => clearInterval(timer);
  }, [isDragging, scroller]);

  return {
    selection,
    select: setSelection,
    onPointerDown: ({ button, clientX, clientY, target, currentTarget, pointerId, shiftKey }) => {
      const isText = target instanceof Element && target.closest('button, [data-line-number]') === null;
      if (button !== 0 || !isText || scroller.current === null) return;
      const place = placeAt(scroller.current, clientX, clientY);
      if (place === null) return setSelection(null);
      const anchor = shiftKey && selection !== null ? selection.anchor : place;
      drag.current = { anchor, x: clientX, y: clientY };
      setSelection({ anchor, focus: place });
      setIsDragging(true);
      currentTarget.setPointerCapture(pointerId);
    },
    onPointerMove: ({ clientX, clientY }) => {
      if (drag.current === null) return;
      drag.current = { ...drag.current, x: clientX, y: clientY };
      extend();
    },
    onPointerUp: () => {
      drag.current = null;
      setIsDragging(false);
    },
  };
}

/** The place of a log that is drawn at a point of the page; null: there is no text. */
function placeAt(scroller: HTMLElement, x: number, y: number): TextPlace | null {
  const row = document.elementsFromPoint(x, y).find((element) => element.matches('[role="row"]'));
  const cell = row?.querySelector<HTMLElement>('[data-line-text]') ?? null;
  if (cell === null || !scroller.contains(cell)) return null;
  const line = Number(cell.dataset['lineText']);
  const caret = document.caretPositionFromPoint(x, y);
  if (caret === null || !cell.contains(caret.offsetNode)) {
    return { line, column: x < cell.getBoundingClientRect().left ? 0 : LINE_END };
  }
  return { line, column: columnAt(cell, caret.offsetNode, caret.offset) };
}

interface Marks {
  readonly selection: LineSelection | null;
  /** Empty: nothing is searched for. */
  readonly found: string;
}

/** Marks what is selected and what was found in the rows that are drawn, after each drawing. */
export function useMarks(scroller: RefObject<HTMLDivElement | null>, { selection, found }: Marks): void {
  const owner = useRef({}).current;
  useLayoutEffect(() => {
    const selected: Range[] = [];
    const hits: Range[] = [];
    const isMarked = selection !== null || found !== '';
    const cells = isMarked ? scroller.current?.querySelectorAll<HTMLElement>('[data-line-text]') : undefined;
    for (const cell of cells ?? []) {
      const columns = selection === null ? null : selectedColumns(selection, Number(cell.dataset['lineText']));
      const range = columns === null ? null : rangeIn(cell, ...columns);
      if (range !== null) selected.push(range);
      if (found !== '') hits.push(...rangesOf(cell, found));
    }
    paint(SELECTION_HIGHLIGHT, owner, selected);
    paint(FOUND_HIGHLIGHT, owner, hits);
  });
  useEffect(
    () => () => {
      paint(SELECTION_HIGHLIGHT, owner, []);
      paint(FOUND_HIGHLIGHT, owner, []);
    },
    [owner],
  );
}
