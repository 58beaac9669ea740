import { createElement, type ReactNode, useMemo } from 'react';
import { SeenText } from '../seen-text.tsx';
import { Inlines } from './inlines.tsx';
import { type LinkTarget, outsideTarget } from './link-target.ts';
import type { Manner } from './manner.ts';
import type { Block, Cells, ListItem } from './markdown-blocks.ts';
import { readMarkdown } from './read-markdown.ts';

interface MarkdownProps {
  readonly text: string;
  /** Of the highest heading: what stands above the text on the page. */
  readonly topLevel: number;
  readonly targetOf?: (target: string) => LinkTarget;
  /** Before the names of headings, so that two texts on one page stay apart. */
  readonly idPrefix?: string;
}

/** Markdown as elements of the page. Nothing in it is HTML, nothing is fetched, and links ask before they lead out. */
export function Markdown({ text, topLevel, targetOf = outsideTarget, idPrefix = 'text-' }: MarkdownProps) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  if (blocks === null) {
    return (
      <pre className="whitespace-pre-wrap">
        <SeenText text={text} />
      </pre>
    );
  }
  return (
    <div className="flex max-w-[80ch] flex-col gap-3 wrap-anywhere">
      <Blocks blocks={blocks} manner={{ topLevel, targetOf, idPrefix }} />
    </div>
  );
}

interface BlocksProps {
  readonly blocks: readonly Block[];
  readonly manner: Manner;
}

const Blocks = ({ blocks, manner }: BlocksProps): ReactNode =>
  blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
    <OneBlock key={index} block={block} manner={manner} />
  ));

function OneBlock({ block, manner }: { readonly block: Block; readonly manner: Manner }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.inlines} manner={manner} />
        </p>
      );
    case 'heading':
      return createElement(
        `h${Math.min(6, block.depth + manner.topLevel - 1)}`,
        { id: `${manner.idPrefix}${block.slug}`, tabIndex: -1, className: HEADING[Math.min(block.depth, 3)] },
        <Inlines inlines={block.inlines} manner={manner} />,
      );
    case 'code':
    case 'raw':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <pre tabIndex={0} className="overflow-x-auto border border-line bg-sunken p-2">
          <SeenText text={block.text} />
        </pre>
      );
    case 'quote':
      return (
        <blockquote className="flex flex-col gap-2 border-l-3 border-line pl-3 text-ink-2">
          <Blocks blocks={block.blocks} manner={manner} />
        </blockquote>
      );
    case 'list':
      return <List start={block.start} items={block.items} manner={manner} />;
    case 'table':
      return <GridTable head={block.head} rows={block.rows} manner={manner} />;
    case 'rule':
      return <hr className="border-line" />;
  }
}

const HEADING: Readonly<Record<number, string>> = {
  1: 'text-title font-semibold',
  2: 'text-section font-semibold border-t border-line pt-3',
  3: 'font-semibold',
};

interface ListProps {
  readonly start: number | null;
  readonly items: readonly ListItem[];
  readonly manner: Manner;
}

function List({ start, items, manner }: ListProps) {
  const entries = items.map(({ isDone, blocks }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
    <li key={index} className={isDone === null ? undefined : '-ml-6 flex gap-2'}>
      {isDone === null ? null : <span>{isDone ? '[x]' : '[ ]'}</span>}
      <div>
        <Blocks blocks={blocks} manner={manner} />
      </div>
    </li>
  ));
  return start === null ? (
    <ul className="flex list-disc flex-col gap-1 pl-6">{entries}</ul>
  ) : (
    <ol start={start} className="flex list-decimal flex-col gap-1 pl-6">
      {entries}
    </ol>
  );
}

interface GridTableProps {
  readonly head: Cells;
  readonly rows: readonly Cells[];
  readonly manner: Manner;
}

const GridTable = ({ head, rows, manner }: GridTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
  <div className="overflow-x-auto" tabIndex={0}>
    <table className="w-full border-collapse">
      <thead>
        <tr className="border-b border-line text-left text-ink-3">
          {head.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
            <th key={index} scope="col" className="py-1 pr-4 font-normal">
              <Inlines inlines={cell} manner={manner} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
          <tr key={index} className="border-b border-line align-top">
            {row.map((cell, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
              <td key={place} className="py-1 pr-4 first:[&_code]:whitespace-nowrap">
                <Inlines inlines={cell} manner={manner} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
