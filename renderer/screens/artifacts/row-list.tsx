import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { SeenText } from '../../parts/seen-text.tsx';
import type { TextRow } from './split-rows.ts';

const ROW_PX = 18;

interface RowListProps {
  readonly label: string;
  readonly rows: readonly TextRow[];
}

/** Text with the numbers of its lines, of which only what is seen is drawn. Scrolls by the keys of the browser. */
export function RowList({ label, rows }: RowListProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section ref={scroller} aria-label={label} tabIndex={0} className="max-h-[60vh] overflow-auto bg-sunken text-log">
      <div style={{ height: virtualizer.getTotalSize() }} className="relative min-w-max font-mono">
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div
              key={key}
              style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
              className="absolute inset-x-0 flex whitespace-pre"
            >
              <span aria-hidden className="w-14 shrink-0 pr-3 text-right text-ink-3 select-none">
                {row.isContinued ? '↳' : row.line}
              </span>
              <span>
                <SeenText text={row.text} />
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
