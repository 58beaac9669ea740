import { memo } from 'react';
import { joinClasses } from '../../parts/join-classes.ts';
import { formatBytes } from '../../words/format-number.ts';
import { ansiClasses } from './ansi-classes.ts';
import type { LogLine } from './line-text.ts';
import { type Piece, parseAnsi, SIGN } from './parse-ansi.ts';

interface LogRowProps {
  /** From 0. */
  readonly index: number;
  /** Null: not here yet. */
  readonly line: LogLine | null;
  readonly id: string;
  readonly wraps: boolean;
  readonly numberWidth: string;
  readonly isActive: boolean;
  readonly isError: boolean;
  readonly onWhole: (index: number) => void;
}

/** One line: its number, the mark of its stream, its text. */
export const LogRow = memo(({ index, line, id, wraps, numberWidth, isActive, isError, onWhole }: LogRowProps) => (
  <div
    role="row"
    id={id}
    aria-rowindex={index + 1}
    aria-selected={isActive}
    tabIndex={-1}
    className={joinClasses(
      'flex min-h-[18px] min-w-full',
      wraps ? 'whitespace-pre-wrap' : 'h-[18px] w-max whitespace-pre',
      isActive && 'bg-hover',
    )}
  >
    <span
      role="rowheader"
      data-line-number={index}
      style={{ width: numberWidth }}
      className={joinClasses(
        'sticky left-0 shrink-0 cursor-pointer border-r border-line pr-2 text-right select-none hover:text-accent',
        isActive ? 'bg-hover font-semibold text-ink' : 'bg-sunken text-ink-3',
      )}
    >
      {isError ? <abbr title="on the error output">E</abbr> : null} {index + 1}
    </span>
    <span role="gridcell" data-line-text={index} className="min-w-0 px-2 [overflow-wrap:anywhere] [tab-size:8]">
      {line === null ? null : <LineText text={line.text} />}
      {line === null || (line.moreBytes === 0 && !line.isBeginning) ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="sticky right-2 ml-2 min-w-6 rounded-sm border border-edge bg-panel px-1 text-accent"
          onClick={() => onWhole(index)}
        >
          {line.isBeginning ? 'more than ' : '+'}
          {formatBytes(line.moreBytes)}
        </button>
      )}
    </span>
  </div>
));

const LineText = memo(({ text }: { readonly text: string }) => {
  let at = 0;
  return parseAnsi(text).map((piece) => {
    at += piece[0].length;
    return <PieceText key={at} piece={piece} />;
  });
});

function PieceText({ piece }: { readonly piece: Piece }) {
  const [text, , , flags] = piece;
  const classes = ansiClasses(piece);
  const shown = (flags & SIGN) === 0 ? text : nameOf(text);
  return classes === '' ? shown : <span className={classes}>{shown}</span>;
}

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
