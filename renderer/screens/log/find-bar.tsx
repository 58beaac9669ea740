import type { Ref } from 'react';
import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { formatCount, plural } from '../../words/format-number.ts';
import type { Find } from './use-find.ts';

interface FindBarProps {
  readonly find: Find;
  /** From which line on, when nothing was gone to yet. */
  readonly fromLine: number;
  readonly input: Ref<HTMLInputElement>;
  readonly onLeave: () => void;
}

/** The daemon searches the whole log; here is what it found. */
export const FindBar = ({ find, fromLine, input, onLeave }: FindBarProps) => (
  <search className="flex flex-wrap items-center gap-1">
    <TextInput
      ref={input}
      type="search"
      aria-label="Find in the log. Capitals count"
      placeholder="Find, capitals count"
      value={find.text}
      className="w-48"
      onChange={find.setText}
      onKeyDown={(event) => {
        if (event.key === 'Enter') find.go(event.shiftKey, fromLine);
        else if (event.key === 'Escape') onLeave();
        else return;
        event.preventDefault();
      }}
    />
    {find.text === '' ? null : (
      <>
        <Button onClick={() => find.go(true, fromLine)}>Previous</Button>
        <Button onClick={() => find.go(false, fromLine)}>Next</Button>
        <span role="status" className="min-w-16">
          {foundText(find)}
        </span>
      </>
    )}
  </search>
);

function foundText({ hits, at, isSearching, failure }: Find): string {
  if (failure !== null) return failureWords(failure).cause;
  if (hits === null) return isSearching ? 'Searching' : '';
  if (hits.total === 0) return hits.isComplete ? 'Not in this log' : 'Not found so far: the search took too long';
  const all = `${formatCount(hits.total)}${hits.isComplete ? '' : ' or more'}`;
  return at === null
    ? `${plural(hits.total, 'line')}${hits.isComplete ? '' : ' or more'}`
    : `${formatCount(at + 1)}/${all}`;
}
