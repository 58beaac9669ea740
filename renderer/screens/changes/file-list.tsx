import { Check } from 'lucide-react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { formatCount } from '../../words/format-number.ts';
import { statusLetter } from './change-words.ts';
import { FilePath } from './file-path.tsx';

interface FileListProps {
  readonly files: readonly ClientChangedFile[];
  /** Before the filter. */
  readonly total: number;
  readonly here: string;
  readonly viewed: ReadonlySet<string>;
  readonly commentsOn: (path: string) => number;
  readonly onOpen: (path: string) => void;
}

/** Every file of a comparison with its counts. */
export const FileList = ({ files, total, here, viewed, commentsOn, onOpen }: FileListProps) => (
  <VirtualGrid
    label="Changed files"
    columns="1rem 1rem minmax(0,1fr) auto"
    headings={['Viewed', 'What happened', 'File', 'Lines']}
    unseenHeadings={2}
    count={files.length}
    total={total}
    keyOf={(index) => files[index]?.path ?? String(index)}
    isSelected={(index) => files[index]?.path === here}
    onOpen={(index) => onOpen(files[index]?.path ?? '')}
    renderRow={(index) => {
      const file = files[index];
      return file === undefined ? null : (
        <FileCells file={file} isViewed={viewed.has(file.path)} comments={commentsOn(file.path)} />
      );
    }}
  />
);

interface FileCellsProps {
  readonly file: ClientChangedFile;
  readonly isViewed: boolean;
  readonly comments: number;
}

const FileCells = ({ file: { path, status, additions, deletions, isBinary }, isViewed, comments }: FileCellsProps) => (
  <>
    <span role="gridcell" className="pl-1">
      {isViewed ? <Check aria-label="Viewed" size={14} strokeWidth={2} className="text-done" /> : null}
    </span>
    <span role="gridcell" className="font-mono text-log text-ink-2" title={status}>
      <span aria-hidden>{statusLetter(status)}</span>
      <span className="sr-only">{status}</span>
    </span>
    <span role="gridcell" className="flex min-w-0 gap-2">
      <FilePath path={path} />
      {comments === 0 ? null : (
        <span className="shrink-0 rounded-sm border border-edge px-1 text-meta" title={`${comments} comments`}>
          {comments}
          <span className="sr-only"> comments</span>
        </span>
      )}
    </span>
    <span role="gridcell" className="text-right font-mono text-log whitespace-nowrap">
      {isBinary ? (
        <span className="text-ink-3">binary</span>
      ) : (
        <>
          <span className="text-done">+{formatCount(additions ?? 0)}</span>{' '}
          <span className="text-fail">-{formatCount(deletions ?? 0)}</span>
        </>
      )}
    </span>
  </>
);
