import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { useNotes } from './notes.ts';

interface NoteBoxProps {
  readonly id: string;
  /** The focus goes back to where one was. */
  readonly onDone: () => void;
}

/** A comment below its lines; each letter is kept as it is typed. */
export function NoteBox({ id, onDone }: NoteBoxProps) {
  const note = useNotes(({ notes }) => notes.find((one) => one.id === id));
  const { write, remove } = useNotes.getState();
  const [isWriting, setWriting] = useState(note?.text === '');
  const area = useRef<HTMLTextAreaElement>(null);
  const label = useId();
  useEffect(() => {
    if (isWriting) area.current?.focus({ preventScroll: true });
  }, [isWriting]);
  if (note === undefined) return null;
  const drop = (): void => {
    remove(id);
    onDone();
  };
  const done = (): void => {
    setWriting(false);
    if (note.text.trim() === '') remove(id);
    onDone();
  };
  return (
    <div className="m-2 max-w-2xl rounded-md border border-edge bg-panel p-2 font-sans text-body text-ink">
      <p id={label} className="pb-1 text-meta text-ink-3">
        {placeOfNote(note)}
      </p>
      {isWriting ? (
        <textarea
          ref={area}
          aria-labelledby={label}
          rows={3}
          className="w-full rounded-md border border-edge bg-panel px-2 py-1 text-ink"
          value={note.text}
          onChange={(event) => write(id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
            event.preventDefault();
            event.stopPropagation();
            done();
          }}
        />
      ) : (
        <p className="whitespace-pre-wrap">{note.text}</p>
      )}
      <div className="flex gap-2 pt-1">
        {isWriting ? (
          <Button onClick={done}>Keep comment</Button>
        ) : (
          <Button onClick={() => setWriting(true)}>Edit comment</Button>
        )}
        <Button look="bare" onClick={drop}>
          Remove comment
        </Button>
      </div>
    </div>
  );
}

function placeOfNote({
  start,
  end,
  side,
}: {
  readonly start: number;
  readonly end: number;
  readonly side: string;
}): string {
  if (start === 0) return 'On the whole file';
  const lines = start === end ? `line ${start}` : `lines ${start} to ${end}`;
  return side === 'deletions' ? `On deleted ${lines}` : `On ${lines}`;
}
