import type { ReactNode } from 'react';
import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';
import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';
import { formatCount, plural } from '../../words/format-number.ts';
import { LineCounts } from './line-counts.tsx';
import type { useViewChoices } from './use-view-choices.ts';

interface ChangesBarProps {
  readonly files: readonly ClientChangedFile[];
  /** After the filter. */
  readonly shown: number;
  readonly viewed: number;
  readonly choices: ReturnType<typeof useViewChoices>;
  /** Null: there is room for it beside the changes. */
  readonly list: { readonly isShown: boolean; readonly onShow: (isShown: boolean) => void } | null;
  readonly lead: ReactNode;
  readonly tail: ReactNode;
}

/** What all of it comes to, and how it is looked at. */
export function ChangesBar({ files, shown, viewed, choices, list, lead, tail }: ChangesBarProps) {
  const { filter, setFilter, canSplit, isSplit, flipSplit } = choices;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      {list === null ? null : (
        <Button aria-pressed={list.isShown} onClick={() => list.onShow(!list.isShown)}>
          {list.isShown ? 'Show changes' : 'Show files'}
        </Button>
      )}
      {lead}
      <TextInput
        aria-label="Filter files"
        placeholder="Filter files"
        data-screen-filter=""
        className="w-36"
        value={filter}
        onChange={setFilter}
      />
      <span>
        {filter === '' ? '' : `${formatCount(shown)} of `}
        {plural(files.length, 'file')}
      </span>
      {filter === '' ? null : (
        <Button look="bare" onClick={() => setFilter('')}>
          Clear filter
        </Button>
      )}
      <LineCounts additions={sum(files, 'additions')} deletions={sum(files, 'deletions')} />
      <span className="whitespace-nowrap">
        Viewed {formatCount(viewed)} of {formatCount(files.length)}
      </span>
      <span className="grow" />
      {canSplit ? (
        <Button look="bare" aria-pressed={isSplit} onClick={flipSplit}>
          Side by side
        </Button>
      ) : null}
      {tail}
    </div>
  );
}

const sum = (files: readonly ClientChangedFile[], what: 'additions' | 'deletions'): number =>
  files.reduce((total, file) => total + (file[what] ?? 0), 0);
