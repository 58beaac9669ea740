import type { CodeViewItem, CodeViewLineSelection, DiffLineAnnotation } from '@pierre/diffs';
import { CodeView, type CodeViewHandle } from '@pierre/diffs/react';
import { type Ref, useMemo, useRef, useState } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { failureOf } from '../../api/request-error.ts';
import { keyPlaceOf } from '../../app/key-place.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useMedia } from '../../parts/use-media.ts';
import { failureWords } from '../../words/failure-words.ts';
import { createDiffItems, isFirstOfFile, itemIdOf, pathOfItem } from './diff-items.ts';
import { DIFF_OPTIONS, DIFF_STYLE } from './diff-options.ts';
import { FileHead } from './file-head.tsx';
import { NoteBox } from './note-box.tsx';
import type { Note } from './notes.ts';
import { ALL, type Patches } from './patch-source.ts';
import type { Stop } from './stops.ts';

interface DiffPaneProps {
  readonly ref: Ref<CodeViewHandle<string, undefined>>;
  readonly files: readonly ClientChangedFile[];
  readonly patches: Patches;
  readonly isFolded: (path: string) => boolean;
  readonly reasonOf: (path: string) => string | null;
  readonly viewed: ReadonlySet<string>;
  readonly notes: readonly Note[];
  readonly isSplit: boolean;
  readonly selected: Stop | null;
  readonly onSeen: (path: string) => void;
  readonly onFold: (path: string, isFolded: boolean) => void;
  readonly onViewed: (path: string, isViewed: boolean) => void;
  readonly onComment: (path: string, lines: Stop['lines']) => void;
  readonly onRetry: (path: string) => void;
  readonly onChoose: (stop: Stop | null) => void;
  /** Another file is at the top. */
  readonly onHere: (path: string) => void;
  /** Somebody scrolls, other than by going to a change. */
  readonly onByHand: () => void;
}

const SCROLLING: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' ']);

const NO_NOTES: readonly DiffLineAnnotation<string>[] = [];

/** The changes of all files below each other, of which only what is seen is drawn. */
export function DiffPane(props: DiffPaneProps) {
  const { ref, files, patches, isFolded, notes, isSplit, selected, onChoose, onComment, onHere, onByHand } = props;
  const themeType = useThemeType();
  const scroller = useRef<HTMLDivElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [buildItems] = useState(createDiffItems);
  const annotations = useMemo(() => annotationsOf(notes), [notes]);
  const items = useMemo(
    () =>
      buildItems(
        files.map((file) => ({
          file,
          diffs: patches.diffs.get(file.path) ?? null,
          isFolded: isFolded(file.path),
          annotations: annotations.get(file.path) ?? NO_NOTES,
        })),
      ),
    [buildItems, files, patches.diffs, isFolded, annotations],
  );
  const byPath = useMemo(() => new Map(files.map((file) => [file.path, file])), [files]);
  const chosen = useMemo(() => selectionOf(selected), [selected]);
  const commentOn = useRef(onComment);
  commentOn.current = onComment;
  const options = useMemo(
    () => ({
      ...DIFF_OPTIONS,
      themeType,
      diffStyle: isSplit ? ('split' as const) : ('unified' as const),
      onGutterUtilityClick: (
        range: CodeViewLineSelection['range'],
        context: { readonly item: CodeViewItem<string> },
      ) => {
        const side = range.side ?? 'additions';
        const [start, end] = [Math.min(range.start, range.end), Math.max(range.start, range.end)];
        commentOn.current(pathOfItem(context.item.id), { side, start, end });
      },
      onPostRender: (container: HTMLElement) => requestIdleCallback(() => letScroll(container)),
      // The sign that comes up beside a line has no name of its own; by keyboard there is a letter for it.
      onLineEnter: ({ numberElement }: { readonly numberElement: HTMLElement }) =>
        queueMicrotask(() => {
          const sign = numberElement.getRootNode();
          if (!(sign instanceof ShadowRoot)) return;
          const button = sign.querySelector('[data-utility-button]');
          button?.setAttribute('aria-label', 'Comment on these lines');
          button?.setAttribute('tabindex', '-1');
        }),
    }),
    [themeType, isSplit],
  );
  const backToDiff = (): void => scroller.current?.focus({ preventScroll: true });
  return (
    <CodeView<string>
      ref={ref}
      containerRef={(element) => {
        scroller.current = element;
        element?.setAttribute('tabindex', '0');
        element?.setAttribute('role', 'region');
        element?.setAttribute('aria-label', 'Changes');
        element?.addEventListener('wheel', onByHand, { passive: true });
        element?.addEventListener('pointerdown', onByHand);
        element?.addEventListener('keydown', ({ key, target }) => {
          if (SCROLLING.has(key) && keyPlaceOf(target) === 'page') onByHand();
        });
      }}
      className="min-w-0 grow overflow-auto"
      style={DIFF_STYLE}
      items={items}
      options={options}
      selectedLines={chosen}
      onSelectedLinesChange={(selection) => onChoose(stopOf(selection))}
      onScroll={(_, viewer) => {
        clearTimeout(pause.current);
        pause.current = setTimeout(() => onHere(topFileOf(viewer)), PAUSE_MS);
      }}
      renderCustomHeader={(item) => {
        const path = pathOfItem(item.id);
        const file = byPath.get(path);
        if (file === undefined) return null;
        if (!isFirstOfFile(item.id))
          return <p className="border-y border-line bg-sunken px-2 text-body">What it is now</p>;
        return <Head {...props} file={file} />;
      }}
      renderAnnotation={(...[annotation]) => (
        <NoteBox key={annotation.metadata} id={annotation.metadata} onDone={backToDiff} />
      )}
    />
  );
}

/** Long lines scroll sideways; by keyboard that needs the focus. */
function letScroll({ shadowRoot }: HTMLElement): void {
  for (const code of shadowRoot?.querySelectorAll('[data-code]') ?? []) {
    if (code.scrollWidth > code.clientWidth) code.setAttribute('tabindex', '0');
  }
}

/** Where one is changes when scrolling pauses: while it goes on, the page draws lines and nothing else. */
const PAUSE_MS = 100;

type Viewer = NonNullable<ReturnType<CodeViewHandle<string, undefined>['getInstance']>>;

function topFileOf(viewer: Viewer): string {
  const top = viewer.getScrollTop() + 1;
  const rendered = viewer.getRenderedItems();
  const above = rendered.findLast(({ id }) => (viewer.getTopForItem(id) ?? 0) <= top) ?? rendered[0];
  return above === undefined ? '' : pathOfItem(above.id);
}

function Head(props: DiffPaneProps & { readonly file: ClientChangedFile }) {
  const { file, patches, isFolded, reasonOf, viewed, onSeen, onFold, onViewed, onComment, onRetry } = props;
  const { path } = file;
  const diffs = patches.diffs.get(path);
  const failure = patches.failures.get(path) ?? patches.failures.get(ALL);
  const folded = isFolded(path);
  const hasLines = diffs?.some(({ hunks }) => hunks.length > 0) ?? true;
  return (
    <FileHead
      file={file}
      isFolded={hasLines ? folded : null}
      remark={remarkOf({ failure, isHere: diffs !== undefined, reason: folded ? reasonOf(path) : null })}
      isViewed={viewed.has(path)}
      onFold={(to) => onFold(path, to)}
      onViewed={(to) => onViewed(path, to)}
      onComment={hasLines && diffs !== undefined ? () => onComment(path, null) : null}
      onRetry={failure === undefined ? null : () => onRetry(patches.failures.has(path) ? path : ALL)}
      onSeen={onSeen}
    />
  );
}

interface Remarked {
  readonly failure: Error | undefined;
  readonly isHere: boolean;
  readonly reason: string | null;
}

function remarkOf({ failure, isHere, reason }: Remarked): string {
  if (failure !== undefined) return failureWords(failureOf(failure)).cause;
  if (reason !== null) return `folded: ${reason}`;
  return isHere ? '' : 'Loading';
}

function annotationsOf(notes: readonly Note[]): ReadonlyMap<string, readonly DiffLineAnnotation<string>[]> {
  const byPath = new Map<string, DiffLineAnnotation<string>[]>();
  for (const { id, path, side, end } of notes) {
    byPath.set(path, [...(byPath.get(path) ?? []), { side, lineNumber: end, metadata: id }]);
  }
  return byPath;
}

function selectionOf(stop: Stop | null): CodeViewLineSelection | null {
  if (stop === null || stop.lines === null) return null;
  const { side, start, end } = stop.lines;
  return { id: itemIdOf(stop.path), range: { start, end, side, endSide: side } };
}

function stopOf(selection: CodeViewLineSelection | null): Stop | null {
  if (selection === null) return null;
  const { id, range } = selection;
  const [start, end] = [Math.min(range.start, range.end), Math.max(range.start, range.end)];
  return { path: pathOfItem(id), lines: { side: range.side ?? 'additions', start, end } };
}

function useThemeType(): 'light' | 'dark' {
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = usePreferences((preferences) => preferences.theme);
  return theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme;
}
