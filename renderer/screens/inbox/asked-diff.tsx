import { useId, useMemo } from 'react';
import { joinClasses } from '../../parts/join-classes.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { AskedHead } from './asked-text.tsx';
import { type DiffBlock, diffBlocks } from './diff-blocks.ts';

const LOOK: Readonly<Record<DiffBlock['kind'], string>> = {
  add: 'bg-add',
  del: 'bg-del',
  same: '',
  head: 'text-ink-3',
};

interface AskedDiffProps {
  readonly label: string;
  readonly diff: string;
}

/** A change, line by line, each with its sign. */
export function AskedDiff({ label, diff }: AskedDiffProps) {
  const id = useId();
  const blocks = useMemo(() => diffBlocks(diff), [diff]);
  let at = 0;
  return (
    <section aria-labelledby={id}>
      <AskedHead id={id} label={label} what="change" text={diff} />
      <pre className="border border-line bg-sunken py-2 text-log wrap-anywhere whitespace-break-spaces text-ink">
        {blocks.map(({ kind, text }) => {
          at += text.length + 1;
          return (
            <span key={at} className={joinClasses('block px-3', LOOK[kind])}>
              <SeenText text={text} />
            </span>
          );
        })}
      </pre>
    </section>
  );
}
