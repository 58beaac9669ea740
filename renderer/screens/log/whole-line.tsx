import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { useFocusBefore } from '../../parts/use-focus-before.ts';
import { failureWords } from '../../words/failure-words.ts';
import { formatCount } from '../../words/format-number.ts';
import type { LogReader } from './log-reader.ts';
import { plainText } from './parse-ansi.ts';

interface WholeLineProps {
  readonly reader: LogReader;
  /** From 0; null: none is asked for. */
  readonly line: number | null;
  readonly onClose: () => void;
}

/** A line that is too long for its row. */
export function WholeLine({ reader, line, onClose }: WholeLineProps) {
  const { forget: _, ...focus } = useFocusBefore();
  return (
    <Dialog.Root open={line !== null} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-[4vw] inset-y-[8vh] z-50 flex flex-col gap-2 rounded-lg border border-edge bg-panel p-4 shadow-lg"
          {...focus}
        >
          <Dialog.Title asChild>
            <h2>Line {formatCount((line ?? 0) + 1)}</h2>
          </Dialog.Title>
          {line === null ? null : <LineText reader={reader} line={line} />}
          <div className="flex justify-end">
            <Dialog.Close asChild>
              <Button>Close line</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Read {
  readonly text: string;
  readonly isBeginning: boolean;
  readonly trouble: string;
}

function LineText({ reader, line }: { readonly reader: LogReader; readonly line: number }) {
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void reader.lines({ offset: line, limit: 1, signal: stop.signal }).then((answer) => {
      if (stop.signal.aborted) return;
      if (!answer.ok) setRead({ text: '', isBeginning: false, trouble: failureWords(answer.error).cause });
      else {
        const { lines, cut } = answer.value;
        setRead({ text: plainText(lines[0] ?? ''), isBeginning: cut.length > 0, trouble: '' });
      }
    });
    return () => stop.abort();
  }, [reader, line]);
  if (read === null) return <p role="status">Loading</p>;
  if (read.trouble !== '') return <p role="alert">{read.trouble}</p>;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-ink-2">
        {formatCount(read.text.length)} characters.
        {read.isBeginning ? ' The line goes on: save the log to have all of it.' : ''}
        <Button onClick={() => void copyText(read.text, 'line')}>Copy line</Button>
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
        tabIndex={0}
        className="min-h-0 grow overflow-auto border border-line bg-sunken p-2 whitespace-pre-wrap wrap-anywhere"
      >
        <SeenText text={read.text} />
      </pre>
    </>
  );
}
