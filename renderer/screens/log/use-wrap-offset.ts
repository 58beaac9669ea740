import { type RefObject, useLayoutEffect } from 'react';
import type { WrapAnchor } from './log-geometry.ts';

/** Puts rows of any height so that the anchored line stands where it belongs. Null: rows are all as high. */
export function useWrapOffset(
  rows: RefObject<HTMLDivElement | null>,
  anchor: WrapAnchor | null,
  noteRowPx: (rowPx: number) => void,
): void {
  useLayoutEffect(() => {
    const element = rows.current;
    if (element === null || anchor === null) return;
    element.style.transform = '';
    const row = element.children[anchor.line - anchor.from];
    const first = element.firstElementChild;
    if (row === undefined || first === null) return;
    const above = row.getBoundingClientRect().top - first.getBoundingClientRect().top;
    const height = row.getBoundingClientRect().height;
    element.style.transform = `translateY(${Math.round(anchor.atPx - above - anchor.part * height)}px)`;
    const last = element.lastElementChild?.getBoundingClientRect().bottom ?? 0;
    noteRowPx((last - first.getBoundingClientRect().top) / element.children.length);
  });
}
