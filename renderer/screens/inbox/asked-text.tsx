import { useId } from 'react';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { plural } from '../../words/format-number.ts';
import { countCharacters, countLines } from '../../words/text-pieces.ts';

interface AskedTextProps {
  readonly label: string;
  /** What copying is called: `command`. */
  readonly what: string;
  readonly text: string;
  /** As it is shown, where that is more readable and the same. */
  readonly shown?: string;
}

/** One thing that is asked, whole: wrapped, to be selected; copying gives every byte of it. */
export function AskedText({ label, what, text, shown = text }: AskedTextProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <AskedHead id={id} label={label} what={what} text={text} />
      <pre className="border border-line bg-sunken px-3 py-2 text-log wrap-anywhere whitespace-break-spaces text-ink">
        <SeenText text={shown} />
      </pre>
    </section>
  );
}

interface AskedHeadProps extends Omit<AskedTextProps, 'shown'> {
  readonly id: string;
}

export const AskedHead = ({ id, label, what, text }: AskedHeadProps) => (
  <div className="flex items-baseline gap-2 pb-0.5">
    <h3 id={id} className="font-semibold">
      {label}
    </h3>
    <span className="text-meta text-ink-3">
      {plural(countLines(text), 'line')}, {plural(countCharacters(text), 'character')}
    </span>
    <Button look="bare" className="-mr-2.5 ml-auto" onClick={() => void copyText(text, what)}>
      Copy {what}
    </Button>
  </div>
);
