import { createContext, memo, useContext, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { formatCount } from '../../words/format-number.ts';
import { linksIn } from '../../words/links-in.ts';
import { type InlinePiece, inlinePieces, type TextBlock, textBlocks } from './text-blocks.ts';

/** Asks before an address is opened; one dialog for all of a screen. */
export const AskLink = createContext<(target: string) => void>(() => undefined);

/** More of one text is shown when it is asked for. */
const SHOWN_CHARACTERS = 20_000;

/** What an agent says: text, code between fences, and addresses that are opened only by who has seen them whole. */
export const AgentText = memo(({ text }: { readonly text: string }) => {
  const { shown, more } = useShown(text);
  return (
    <div className="flex flex-col gap-2 wrap-anywhere">
      {keyed(textBlocks(shown)).map(({ key, value }) => (
        <Block key={key} block={value} />
      ))}
      {more}
    </div>
  );
});

/** A text as it is, in figures of one width. */
export const RawText = memo(({ text }: { readonly text: string }) => {
  const { shown, more } = useShown(text);
  return (
    <>
      <pre className="max-h-96 overflow-auto border border-line bg-sunken p-2 whitespace-pre-wrap wrap-anywhere">
        <SeenText text={shown} />
      </pre>
      {more}
    </>
  );
});

function useShown(text: string) {
  const [isWhole, setIsWhole] = useState(false);
  const isCut = !isWhole && text.length > SHOWN_CHARACTERS;
  return {
    shown: isCut ? text.slice(0, SHOWN_CHARACTERS) : text,
    more: isCut ? (
      <div>
        <Button onClick={() => setIsWhole(true)}>
          Show the rest ({formatCount(text.length - SHOWN_CHARACTERS)} characters)
        </Button>
      </div>
    ) : null,
  };
}

function Block({ block }: { readonly block: TextBlock }) {
  if (block.kind === 'code') {
    return (
      <pre className="overflow-x-auto border border-line bg-sunken p-2">
        <SeenText text={block.text} />
      </pre>
    );
  }
  return (
    <p className="whitespace-pre-wrap">
      {keyed(inlinePieces(block.text)).map(({ key, value }) => (
        <Inline key={key} piece={value} />
      ))}
    </p>
  );
}

function Inline({ piece: { kind, text } }: { readonly piece: InlinePiece }) {
  if (kind === 'code') {
    return (
      <code className="rounded-sm bg-sunken px-1">
        <SeenText text={text} />
      </code>
    );
  }
  const linked = <LinkedText text={text} />;
  return kind === 'strong' ? <strong className="font-semibold">{linked}</strong> : linked;
}

function LinkedText({ text }: { readonly text: string }) {
  const ask = useContext(AskLink);
  const links = linksIn(text);
  const last = links.at(-1);
  return (
    <>
      {links.map(({ from, to, target }, index) => (
        <span key={from}>
          <SeenText text={text.slice(links[index - 1]?.to ?? 0, from)} />
          <button
            type="button"
            title={target}
            className="inline text-left text-accent underline decoration-dotted"
            onClick={() => ask(target)}
          >
            {text.slice(from, to)}
          </button>
        </span>
      ))}
      <SeenText text={text.slice(last?.to ?? 0)} />
    </>
  );
}

/** Parts of a text that only grows: the place of each is its name. */
const keyed = <T,>(values: readonly T[]): readonly { readonly key: string; readonly value: T }[] =>
  values.map((value, index) => ({ key: `p${index}`, value }));
