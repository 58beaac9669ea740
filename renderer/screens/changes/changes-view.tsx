import type { CodeViewHandle } from '@pierre/diffs/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import type { ClientChanges } from '../../../contract/client/client-changes.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { announce } from '../../app/announcements.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { useMedia } from '../../parts/use-media.ts';
import { ChangesBar } from './changes-bar.tsx';
import { itemIdOf } from './diff-items.ts';
import { DiffPane } from './diff-pane.tsx';
import { FileList } from './file-list.tsx';
import { foldReason, isNamedByGate } from './fold-reason.ts';
import { useNotes } from './notes.ts';
import { quoteLines } from './quote-lines.ts';
import { type Stop, stopFrom, stopsOf } from './stops.ts';
import { useChangesKeys } from './use-changes-keys.ts';
import { usePatches } from './use-patches.ts';
import { useViewed } from './use-viewed.ts';

interface ChangesViewProps {
  /** The same object as long as it says the same. */
  readonly subject: ChangeSubject;
  readonly changes: ClientChanges;
  /** Of the step: what they name is never folded. */
  readonly gates: readonly ClientGate[];
}

/** Files and what changed in them, side by side. */
export function ChangesView({ subject, changes, gates }: ChangesViewProps) {
  const { files } = changes;
  const [search, setSearch] = useSearchParams();
  const isRoomy = useMedia('(min-width: 1100px)');
  const hasList = useMedia('(min-width: 900px)');
  const isSplit = isRoomy && search.get('view') === 'split';
  const filter = search.get('q') ?? '';
  const set = (name: string, value: string): void =>
    setSearch(
      (old) => {
        if (value === '') old.delete(name);
        else old.set(name, value);
        return old;
      },
      { replace: true },
    );
  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    return files.filter(({ path, oldPath }) => `${oldPath} ${path}`.toLowerCase().includes(wanted));
  }, [files, filter]);

  const comparison = `${subject.stepId}:${changes.fromAttemptId}:${changes.attemptId}`;
  const { isViewed, mark } = useViewed(comparison);
  const { patches, want, retry } = usePatches(subject, files);
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const reasons = useMemo(
    () => new Map(files.map((file) => [file.path, foldReason(file, isNamedByGate(gates, file.path))])),
    [files, gates],
  );
  const [here, setHere] = useState('');
  const path = shown.some((file) => file.path === here) ? here : (shown[0]?.path ?? '');
  const [at, setAt] = useState<Stop | null>(null);
  const [isListShown, setListShown] = useState(false);
  const view = useRef<CodeViewHandle<string, undefined>>(null);
  const notes = useNotes(({ notes: all }) => all);
  const ownNotes = useMemo(() => notes.filter((note) => note.comparison === comparison), [notes, comparison]);

  const isFolded = useCallback(
    (one: string): boolean => folds.get(one) ?? (reasons.get(one) ?? null) !== null,
    [folds, reasons],
  );
  const fold = (one: string, to: boolean): void => setFolds(new Map([...folds, [one, to]]));
  const onSeen = useCallback((one: string) => want(one), [want]);

  const openFile = (one: string): void => {
    setHere(one);
    setAt(null);
    setListShown(false);
    view.current?.scrollTo({ type: 'item', id: itemIdOf(one), align: 'start', behavior: 'instant' });
  };
  const openStop = (stop: Stop | null): void => {
    if (stop === null) {
      announce('No more changes');
      return;
    }
    if (stop.lines === null) {
      openFile(stop.path);
      setAt(stop);
      announce(stop.path);
      return;
    }
    setHere(stop.path);
    setAt(stop);
    const { side, start, end } = stop.lines;
    view.current?.scrollTo({
      type: 'line',
      id: itemIdOf(stop.path),
      lineNumber: start,
      side,
      align: 'center',
      behavior: 'instant',
    });
    announce(`${stop.path}, ${side === 'deletions' ? 'deleted ' : ''}lines ${start} to ${end}`);
  };
  const stepStop = (step: 1 | -1): void => {
    const stops = shown.flatMap((file) =>
      stopsOf(file.path, isFolded(file.path) ? [] : (patches.diffs.get(file.path) ?? [])),
    );
    openStop(stopFrom(stops, { at, path, step }));
  };
  const stepFile = (step: 1 | -1): void => {
    const index = shown.findIndex((file) => file.path === path) + step;
    const next = shown[index];
    if (next === undefined) {
      announce('No more files');
      return;
    }
    openFile(next.path);
    announce(next.path);
  };
  const setViewed = (one: string, isSeen: boolean): void => {
    const file = files.find((candidate) => candidate.path === one);
    if (file === undefined) return;
    mark(file, isSeen);
    fold(one, isSeen);
    announce(isSeen ? `Viewed: ${one}` : `Not viewed: ${one}`);
  };
  const comment = (one: string, lines: Stop['lines']): void => {
    const range = lines ?? { side: 'additions' as const, start: 0, end: 0 };
    fold(one, false);
    useNotes.getState().add({
      id: crypto.randomUUID(),
      stepId: subject.stepId,
      comparison,
      path: one,
      ...range,
      quote: lines === null ? '' : quoteLines(patches.diffs.get(one) ?? [], range),
      text: '',
    });
  };
  const flipSplit = (): void => {
    if (isRoomy) set('view', isSplit ? '' : 'split');
    else announce('Side by side needs a wider window');
  };
  const onKeyDown = useChangesKeys({
    n: () => stepStop(1),
    p: () => stepStop(-1),
    N: () => stepFile(1),
    P: () => stepFile(-1),
    u: flipSplit,
    v: () => setViewed(path, !files.some((file) => file.path === path && isViewed(file))),
    e: () => fold(path, !isFolded(path)),
    m: () => comment(path, at?.path === path ? at.lines : null),
  });

  const showsList = hasList || isListShown;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters of the parts within
    <div className="flex min-h-0 grow flex-col" onKeyDown={onKeyDown}>
      <ChangesBar
        files={files}
        shown={shown.length}
        viewed={files.filter(isViewed).length}
        filter={filter}
        onFilter={(value) => set('q', value)}
        isSplit={isSplit}
        canSplit={isRoomy}
        onSplit={flipSplit}
        list={hasList ? null : { isShown: isListShown, onShow: setListShown }}
      />
      {shown.length === 0 ? (
        <EmptyNote>No file matches “{filter}”.</EmptyNote>
      ) : (
        <div className="flex min-h-0 grow border-t border-line">
          {showsList ? (
            <div className={hasList ? 'w-80 shrink-0 border-r border-line widest:w-[26rem]' : 'grow'}>
              <FileList
                files={shown}
                total={shown.length}
                here={path}
                isViewed={isViewed}
                commentsOn={(one) => ownNotes.filter((note) => note.path === one).length}
                onOpen={openFile}
              />
            </div>
          ) : null}
          {hasList || !isListShown ? (
            <DiffPane
              ref={view}
              files={shown}
              patches={patches}
              isFolded={isFolded}
              reasonOf={(one) => reasons.get(one) ?? null}
              isViewed={isViewed}
              notes={ownNotes}
              isSplit={isSplit}
              selected={at}
              onSeen={onSeen}
              onFold={fold}
              onViewed={setViewed}
              onComment={comment}
              onRetry={retry}
              onHere={setHere}
            />
          ) : null}
        </div>
      )}
    </div>
  );
}
