import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { changeWords } from './change-words.ts';
import { HEAD_HEIGHT } from './diff-options.ts';
import { FilePath } from './file-path.tsx';
import { LineCounts } from './line-counts.tsx';

interface FileHeadProps {
  readonly file: ClientChangedFile;
  /** Null: there is nothing below that could be folded. */
  readonly isFolded: boolean | null;
  /** Why it was folded by itself, that it comes, that it did not come; empty: nothing is to be told. */
  readonly remark: string;
  readonly isViewed: boolean;
  readonly onFold: (isFolded: boolean) => void;
  readonly onViewed: (isViewed: boolean) => void;
  /** Null: there is no line that could be commented on. */
  readonly onComment: (() => void) | null;
  readonly onRetry: (() => void) | null;
  readonly onSeen: (path: string) => void;
}

/** The line above the changes of a file: what it is, what happened to it, whether somebody has looked at it. */
export function FileHead(props: FileHeadProps) {
  const { file, isFolded, remark, isViewed, onFold, onViewed, onComment, onRetry, onSeen } = props;
  const { path, oldPath, additions, deletions, isBinary } = file;
  useEffect(() => onSeen(path), [onSeen, path]);
  const Chevron = isFolded === false ? ChevronDown : ChevronRight;
  const words = changeWords(file);
  return (
    <div
      style={{ height: HEAD_HEIGHT }}
      className="flex items-center gap-2 overflow-hidden border-y border-line bg-sunken px-1 font-sans text-body text-ink"
      data-file-head=""
    >
      <button
        type="button"
        aria-expanded={isFolded === false}
        aria-label={`${isFolded === false ? 'Fold' : 'Unfold'} ${path}`}
        disabled={isFolded === null}
        onClick={() => onFold(isFolded === false)}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-hover disabled:opacity-30"
      >
        <Chevron aria-hidden size={16} strokeWidth={1.62} />
      </button>
      <span className="flex min-w-0 items-baseline gap-1.5">
        {oldPath === '' ? null : (
          <>
            <span className="max-w-80 min-w-0 shrink truncate font-mono text-log text-ink-2" title={oldPath}>
              <SeenText text={oldPath} />
            </span>
            <span aria-hidden>→</span>
            <span className="sr-only">is now</span>
          </>
        )}
        <FilePath path={path} />
      </span>
      <span className="min-w-0 truncate text-ink-2">{[...words, remark].filter((word) => word !== '').join(', ')}</span>
      {onRetry === null ? null : <Button onClick={onRetry}>Try again</Button>}
      <span className="grow" />
      {isBinary ? null : <LineCounts additions={additions} deletions={deletions} />}
      <Button look="bare" className="hidden wide:inline-flex" onClick={() => void copyText(path, 'path')}>
        Copy path
      </Button>
      {onComment === null ? null : (
        <Button look="bare" aria-label={`Comment on ${path}`} onClick={onComment}>
          Comment
        </Button>
      )}
      <label className="inline-flex min-h-6 items-center gap-1.5 pr-2 whitespace-nowrap">
        <input
          type="checkbox"
          className="size-4"
          checked={isViewed}
          onChange={(event) => onViewed(event.target.checked)}
        />
        Viewed<span className="sr-only"> {path}</span>
      </label>
    </div>
  );
}
