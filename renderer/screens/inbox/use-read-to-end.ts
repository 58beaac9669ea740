import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface Reading {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Lines below what is seen; null: not measured yet. */
  readonly restLines: number | null;
  readonly readOn: () => void;
}

const LINE_PX = 18;
/** Less than this is a rounding of the browser's zoom. */
const SLACK_PX = 2;

/** How much of a box is still below its lower edge. Something else to read begins at its beginning. */
export function useReadToEnd(subject: string): Reading {
  const scroller = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<{ readonly subject: string; readonly restLines: number } | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const measure = (): void => {
      const restPx = box.scrollHeight - box.clientHeight - box.scrollTop;
      setMeasured({ subject, restLines: restPx <= SLACK_PX ? 0 : Math.ceil(restPx / LINE_PX) });
    };
    box.scrollTop = 0;
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    box.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', measure);
    };
  }, [subject]);
  const readOn = (): void => {
    const box = scroller.current;
    box?.scrollBy({ top: Math.max(LINE_PX, box.clientHeight - 2 * LINE_PX) });
  };
  return { scroller, restLines: measured?.subject === subject ? measured.restLines : null, readOn };
}
