import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';

interface TerminalSearchProps {
  readonly find: (text: string, isBackwards: boolean) => boolean;
}

/** Finds in what the terminal keeps, from the newest up. */
export function TerminalSearch({ find }: TerminalSearchProps) {
  const [text, setText] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const go = (isBackwards: boolean): void => setIsMissing(text !== '' && !find(text, isBackwards));
  return (
    <search className="flex flex-wrap items-center gap-1">
      <TextInput
        type="search"
        aria-label="Find in the terminal"
        placeholder="Find"
        value={text}
        className="w-40"
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          go(!event.shiftKey);
        }}
      />
      <Button onClick={() => go(true)}>Find up</Button>
      <Button onClick={() => go(false)}>Find down</Button>
      <span role="status" className="text-meta text-ink-2">
        {isMissing ? 'Not there' : ''}
      </span>
    </search>
  );
}
