import './log.css';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { announce } from '../../app/announcements.ts';
import { usePreferences } from '../../app/preferences.ts';
import { copyText } from '../../parts/copy-text.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { formatCount } from '../../words/format-number.ts';
import { copySelection } from './copy-lines.ts';
import { FindBar } from './find-bar.tsx';
import { hashOfLine, lineOfHash } from './line-address.ts';
import { LINE_END, wholeLines } from './line-selection.ts';
import { contentPx, linePx, seenLines, wrapAnchor } from './log-geometry.ts';
import { deedOf, type LogDeed, lineAfter } from './log-keys.ts';
import type { LogReader } from './log-reader.ts';
import { LogRow } from './log-row.tsx';
import { LogStatus } from './log-status.tsx';
import { useErrors } from './use-errors.ts';
import { useFind } from './use-find.ts';
import { useLog } from './use-log.ts';
import { useLogNews } from './use-log-news.ts';
import { ROW_PX, usePaneScroll } from './use-pane-scroll.ts';
import { useMarks, useSelection } from './use-selection.ts';
import { useWrapOffset } from './use-wrap-offset.ts';
import { WholeLine } from './whole-line.tsx';

interface LogPaneProps {
  readonly reader: LogReader;
  /** The line that the address names, from 0. */
  readonly linkedLine: number | null;
  readonly wraps: boolean;
  readonly onWrap: () => void;
  /** Of its attempt. */
  readonly hasEnded: boolean;
}

const MORE_LINES = 12;

/** One log of any length: only what is seen of it is here. */
export function LogPane({ reader, linkedLine, wraps, onWrap, hasEnded }: LogPaneProps) {
  const id = useId();
  const { blocks, state } = useLog(reader);
  const lines = state.lines ?? 0;
  const scroll = usePaneScroll({ lines, firstLine: linkedLine, wraps });
  const { pane, scrollTop, scroller } = scroll;
  const [active, setActive] = useState(linkedLine ?? 0);
  const [wholeLine, setWholeLine] = useState<number | null>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const hasLetterKeys = usePreferences((preferences) => preferences.hasLetterKeys);
  const goTo = (line: number): void => {
    setActive(line);
    scroll.show(line);
  };
  const find = useFind(reader, lines, goTo);
  const errors = useErrors(reader, lines, goTo);
  const selecting = useSelection(scroller);
  useLogNews(blocks, lines, state.isLive);

  const anchor = wrapAnchor(pane, scrollTop, ROW_PX);
  const { from, to } = wraps ? anchor : seenLines(pane, scrollTop, MORE_LINES);
  useEffect(() => blocks.look(from, Math.min(to, lines)), [blocks, from, to, lines]);
  const rows = useRef<HTMLDivElement>(null);
  useWrapOffset(rows, wraps ? anchor : null, scroll.noteRowPx);
  useMarks(scroller, { selection: selecting.selection, found: find.text });
  useHashLine(goTo);

  const linkTo = (line: number): void => {
    history.replaceState(history.state, '', hashOfLine(line));
    setActive(line);
  };
  const deeds: Readonly<Record<LogDeed, () => void>> = {
    find: () => findInput.current?.focus(),
    'next-hit': () => find.go(false, active),
    'previous-hit': () => find.go(true, active),
    follow: scroll.follow,
    wrap: onWrap,
    times: () => announce('No times: output is kept as it was printed, without them'),
    'next-error': () => errors.next(active, false),
    'previous-error': () => errors.next(active, true),
    'copy-link': () => {
      linkTo(active);
      void copyText(location.href, `link to line ${active + 1}`);
    },
    copy: () => copySelection(reader, selecting.selection ?? wholeLines(active, active)),
    'select-all': () =>
      selecting.select({ anchor: { line: 0, column: 0 }, focus: { line: lines - 1, column: LINE_END } }),
    'whole-line': () => setWholeLine(active),
    'leave-selection': () => selecting.select(null),
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey || (event.target !== event.currentTarget && event.key !== 'F3')) return;
    const { key, shiftKey } = event;
    const isModified = event.ctrlKey || event.metaKey;
    const deed = deedOf({ key, isModified, isShifted: shiftKey, hasLetterKeys });
    const page = Math.max(1, Math.floor(pane.heightPx / pane.rowPx) - 1);
    const line = isModified ? null : lineAfter(key, { active, lines, page });
    if (deed !== null) deeds[deed]();
    else if (line !== null) {
      setActive(line);
      if (key === 'End' && !shiftKey) scroll.follow();
      else scroll.keepInSight(line);
      if (shiftKey) selecting.select(wholeLines(selecting.selection?.anchor.line ?? active, line));
    } else return;
    event.preventDefault();
  };

  const label = reader.place.stream === 'stdout' ? 'Output' : 'Error output';
  const numberWidth = `${Math.max(4, formatCount(lines).length) + 3}ch`;
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  return (
    <section
      aria-label={label}
      className="flex min-h-0 grow basis-0 flex-col"
      onKeyDown={(event) => {
        const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'f';
        if (!isFind || event.defaultPrevented) return;
        event.preventDefault();
        deeds.find();
      }}
    >
      <LogStatus reader={reader} state={state} scroll={scroll} errors={errors}>
        <FindBar find={find} fromLine={active} input={findInput} onLeave={() => scroller.current?.focus()} />
      </LogStatus>
      {state.failure === null ? null : <FailureNote failure={state.failure} what="the log" onRetry={blocks.retry} />}
      {lines === 0 && state.lines !== null ? (
        <EmptyNote>
          {hasEnded ? `Nothing was printed as ${label.toLowerCase()}.` : 'Nothing was printed so far.'}
        </EmptyNote>
      ) : null}
      <div
        ref={scroller}
        role="grid"
        aria-label={`${label}, line by line`}
        aria-rowcount={lines}
        aria-activedescendant={active >= from && active < to ? `${id}-${active}` : undefined}
        tabIndex={0}
        hidden={lines === 0}
        data-log={reader.place.stream}
        className="relative min-h-0 grow cursor-text overflow-auto overscroll-contain border border-line bg-sunken font-mono text-log select-none focus-visible:-outline-offset-2"
        onScroll={scroll.onScroll}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          // The focus stays with the log: a row goes when it is scrolled away.
          if (!(event.target instanceof Element) || event.target.closest('[role="row"]') === null) return;
          if (event.target.closest('button') !== null) return;
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
        }}
        onPointerDown={selecting.onPointerDown}
        onPointerMove={selecting.onPointerMove}
        onPointerUp={selecting.onPointerUp}
        onClick={({ target }) => {
          const row = target instanceof Element ? target.closest('[aria-rowindex]') : null;
          if (row === null) return;
          const line = Number(row.getAttribute('aria-rowindex')) - 1;
          if (target instanceof Element && target.closest('[data-line-number]') !== null) linkTo(line);
          else setActive(line);
        }}
      >
        <div aria-hidden style={{ height: contentPx(pane) }} className="absolute top-0 w-px" />
        {/* It stays where it is and its rows move: at eighteen million pixels there are no whole ones any more. */}
        <div
          ref={rows}
          role="rowgroup"
          style={wraps ? undefined : { transform: `translateY(${linePx(pane, scrollTop, from)}px)` }}
          className={wraps ? 'sticky top-0 h-0' : 'sticky top-0 h-0 w-max min-w-full'}
        >
          {shown.map((index) => (
            <LogRow
              key={index}
              index={index}
              id={`${id}-${index}`}
              line={blocks.lineAt(index)}
              wraps={wraps}
              numberWidth={numberWidth}
              isActive={index === active}
              isError={reader.place.stream === 'stderr'}
              onWhole={setWholeLine}
            />
          ))}
        </div>
      </div>
      <WholeLine reader={reader} line={wholeLine} onClose={() => setWholeLine(null)} />
    </section>
  );
}

/** Goes to the line that the address names whenever another is named. */
function useHashLine(goTo: (line: number) => void): void {
  const latest = useRef(goTo);
  useEffect(() => {
    latest.current = goTo;
  });
  const onHash = useCallback(() => {
    const line = lineOfHash(location.hash);
    if (line !== null) latest.current(line);
  }, []);
  useEffect(() => {
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, [onHash]);
}
