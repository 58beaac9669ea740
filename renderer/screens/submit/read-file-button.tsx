import { useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { formatBytes } from '../../words/format-number.ts';

interface ReadFileButtonProps {
  readonly label: string;
  readonly accept: string;
  readonly onRead: (text: string, fileName: string) => void;
}

const MAX_BYTES = 1024 * 1024;

/** Reads a file of the person's own into the page, as text and as nothing else. */
export function ReadFileButton({ label, accept, onRead }: ReadFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > MAX_BYTES) {
      setProblem(`${file.name} has ${formatBytes(file.size)}. At most ${formatBytes(MAX_BYTES)} are taken.`);
      return;
    }
    try {
      onRead(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), file.name);
      setProblem('');
    } catch {
      // Its bytes are no text, or it went away meanwhile.
      setProblem(`${file.name} is not UTF-8 text.`);
    }
  };
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="hidden"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <span role="status" className="text-fail">
        {problem}
      </span>
    </span>
  );
}
