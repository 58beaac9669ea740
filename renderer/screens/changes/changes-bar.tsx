import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';
import { formatCount, plural } from '../../words/format-number.ts';
import { LineCounts } from './line-counts.tsx';

interface ChangesBarProps {
  readonly files: readonly ClientChangedFile[];
  /** After the filter. */
  readonly shown: number;
  readonly viewed: number;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly isSplit: boolean;
  readonly canSplit: boolean;
  readonly onSplit: () => void;
  /** Null: there is room for it beside the changes. */
  readonly list: { readonly isShown: boolean; readonly onShow: (isShown: boolean) => void } | null;
}

/** What all of it comes to, and how it is looked at. */
export function ChangesBar(props: ChangesBarProps) {
  const { files, shown, viewed, filter, onFilter, isSplit, canSplit, onSplit, list } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      {list === null ? null : (
        <Button aria-pressed={list.isShown} onClick={() => list.onShow(!list.isShown)}>
          {list.isShown ? 'Show changes' : 'Show files'}
        </Button>
      )}
      <TextInput
        aria-label="Filter files"
        placeholder="Filter files"
        data-screen-filter=""
        className="w-44"
        value={filter}
        onChange={onFilter}
      />
      {filter === '' ? null : (
        <span>
          {formatCount(shown)} of {plural(files.length, 'file')}{' '}
          <Button look="bare" onClick={() => onFilter('')}>
            Clear filter
          </Button>
        </span>
      )}
      {filter === '' ? <span>{plural(files.length, 'file')}</span> : null}
      <LineCounts additions={sum(files, 'additions')} deletions={sum(files, 'deletions')} />
      <span>
        Viewed {formatCount(viewed)} of {formatCount(files.length)}
      </span>
      <span className="grow" />
      {canSplit ? (
        <Button aria-pressed={isSplit} onClick={onSplit}>
          {isSplit ? 'Show unified' : 'Show side by side'}
        </Button>
      ) : null}
    </div>
  );
}

const sum = (files: readonly ClientChangedFile[], what: 'additions' | 'deletions'): number =>
  files.reduce((total, file) => total + (file[what] ?? 0), 0);
