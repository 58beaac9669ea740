import type { FileDiffMetadata } from '@pierre/diffs';
import { type ReactNode, useMemo, useState } from 'react';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import type { ClientChangedFile, ClientChanges } from '../../../contract/client/client-changes.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { announce } from '../../app/announcements.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { useMedia } from '../../parts/use-media.ts';
import { ChangesBar } from './changes-bar.tsx';
import { DiffPane } from './diff-pane.tsx';
import { FileList } from './file-list.tsx';
import { useNotes } from './notes.ts';
import { quoteLines } from './quote-lines.ts';
import { type Stop, stopsOf } from './stops.ts';
import { useChangesKeys } from './use-changes-keys.ts';
import { useFolds } from './use-folds.ts';
import { useGoing } from './use-going.ts';
import { usePatches } from './use-patches.ts';
import { useViewChoices } from './use-view-choices.ts';
import { useViewed } from './use-viewed.ts';

interface ChangesViewProps {
  /** The same object as long as it says the same. */
  readonly subject: ChangeSubject;
  readonly changes: ClientChanges;
  /** Of the step: what they name is never folded. */
  readonly gates: readonly ClientGate[];
  /** At the left of the bar: what is compared. */
  readonly lead: ReactNode;
  /** At its right: what can be done with it, and with the file that is looked at. */
  readonly tail: (here: string) => ReactNode;
}

/** Files and what changed in them, side by side. */
export function ChangesView({ subject, changes, gates, lead, tail }: ChangesViewProps) {
  const { files } = changes;
  const comparison = `${subject.stepId}:${changes.fromAttemptId}:${changes.attemptId}`;
  const choices = useViewChoices();
  const shown = useShown(files, choices.filter);
  const { patches, want, retry } = usePatches(subject, files);
  const folds = useFolds(files, gates);
  const { isFolded, fold } = folds;
  const { viewed, mark } = useViewed(comparison, files);
  const going = useGoing(shown, (path) => stopsOf(path, isFolded(path) ? [] : (patches.diffs.get(path) ?? [])));
  const { here, at } = going;
  const notes = useNotesOn(comparison);
  const hasList = useMedia('(min-width: 900px)');
  const [isListShown, setListShown] = useState(false);

  const setViewed = (path: string, isSeen: boolean): void => {
    mark(path, isSeen);
    fold(path, isSeen);
    announce(isSeen ? `Viewed: ${path}` : `Not viewed: ${path}`);
  };
  const comment = (path: string, lines: Stop['lines']): void => {
    const range = lines ?? { side: 'additions' as const, start: 0, end: 0 };
    const quote = lines === null ? '' : quoteLines(patches.diffs.get(path) ?? [], lines);
    if (lines === null && !canComment(patches.diffs.get(path))) {
      announce('This file has no lines to comment on');
      return;
    }
    fold(path, false);
    if (lines === null) going.openFile(path);
    const id = crypto.randomUUID();
    useNotes.getState().add({ id, stepId: subject.stepId, comparison, path, ...range, quote, text: '' });
  };
  const onKeyDown = useChangesKeys({
    n: () => going.stepStop(1),
    p: () => going.stepStop(-1),
    N: () => going.stepFile(1),
    P: () => going.stepFile(-1),
    u: choices.flipSplit,
    v: () => setViewed(here, !viewed.has(here)),
    e: () => fold(here, !isFolded(here)),
    m: () => comment(here, at?.path === here ? at.lines : null),
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters of the parts within
    <div className="flex min-h-96 grow flex-col" onKeyDown={onKeyDown}>
      <ChangesBar
        files={files}
        shown={shown.length}
        viewed={viewed.size}
        choices={choices}
        list={hasList ? null : { isShown: isListShown, onShow: setListShown }}
        lead={lead}
        tail={tail(here)}
      />
      {shown.length === 0 ? <EmptyNote>No file matches “{choices.filter}”.</EmptyNote> : null}
      <div className="flex min-h-0 grow border-t border-line">
        {hasList || isListShown ? (
          <div className={hasList ? 'w-80 shrink-0 border-r border-line widest:w-[26rem]' : 'grow'}>
            <FileList
              files={shown}
              total={shown.length}
              here={here}
              viewed={viewed}
              commentsOn={(path) => notes.filter((note) => note.path === path).length}
              onOpen={(path) => {
                setListShown(false);
                going.openFile(path);
              }}
            />
          </div>
        ) : null}
        {patches.isComing ? (
          <p className="p-3 text-ink-3">Loading changes</p>
        ) : shown.length > 0 && (hasList || !isListShown) ? (
          <DiffPane
            ref={going.view}
            files={shown}
            patches={patches}
            isFolded={isFolded}
            reasonOf={folds.reasonOf}
            viewed={viewed}
            notes={notes}
            isSplit={choices.isSplit}
            selected={at}
            onSeen={want}
            onFold={fold}
            onViewed={setViewed}
            onComment={comment}
            onRetry={retry}
            onChoose={going.choose}
            onHere={going.passBy}
            onByHand={going.letGo}
          />
        ) : null}
      </div>
    </div>
  );
}

/** A comment is drawn among the lines of its file. */
const canComment = (diffs: readonly FileDiffMetadata[] | undefined): boolean =>
  diffs?.some(({ hunks }) => hunks.length > 0) ?? false;

function useShown(files: readonly ClientChangedFile[], filter: string): readonly ClientChangedFile[] {
  return useMemo(() => {
    const wanted = filter.toLowerCase();
    return files.filter(({ path, oldPath }) => `${oldPath} ${path}`.toLowerCase().includes(wanted));
  }, [files, filter]);
}

function useNotesOn(comparison: string) {
  const notes = useNotes(({ notes: all }) => all);
  return useMemo(() => notes.filter((note) => note.comparison === comparison), [notes, comparison]);
}
