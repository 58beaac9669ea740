import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { AskingLink } from '../asking-link.tsx';
import { SeenText } from '../seen-text.tsx';
import { isDrawnPicture } from './link-target.ts';
import type { Manner } from './manner.ts';
import type { Inline } from './markdown-blocks.ts';

interface InlinesProps {
  readonly inlines: readonly Inline[];
  readonly manner: Manner;
}

export const Inlines = ({ inlines, manner }: InlinesProps): ReactNode =>
  inlines.map((inline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that was read does not change
    <OneInline key={index} inline={inline} manner={manner} />
  ));

function OneInline({ inline, manner }: { readonly inline: Inline; readonly manner: Manner }) {
  switch (inline.kind) {
    case 'text':
      return <SeenText text={inline.text} />;
    case 'code':
      return (
        <code className="rounded-sm bg-sunken px-1">
          <SeenText text={inline.text} />
        </code>
      );
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.inlines} manner={manner} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines inlines={inline.inlines} manner={manner} />
        </em>
      );
    case 'deleted':
      return (
        <del>
          <Inlines inlines={inline.inlines} manner={manner} />
        </del>
      );
    case 'link':
      return <TextLink target={inline.target} inlines={inline.inlines} manner={manner} />;
    case 'image':
      return <Picture source={inline.source} text={inline.text} />;
    case 'break':
      return <br />;
  }
}

function TextLink({ target, inlines, manner }: InlinesProps & { readonly target: string }) {
  const leads = manner.targetOf(target);
  const shown = <Inlines inlines={inlines} manner={manner} />;
  switch (leads.kind) {
    case 'outside':
      return <AskingLink url={leads.url}>{shown}</AskingLink>;
    case 'inside':
      return (
        <Link href={leads.path} className="text-accent underline">
          {shown}
        </Link>
      );
    case 'heading':
      return (
        <button
          type="button"
          className="inline text-left text-accent underline"
          onClick={() => document.getElementById(`${manner.idPrefix}${leads.slug}`)?.focus()}
        >
          {shown}
        </button>
      );
    case 'none':
      return (
        <>
          {shown}{' '}
          <span className="text-ink-3">
            (leads to <SeenText text={target} />, which is not opened from here)
          </span>
        </>
      );
  }
}

function Picture({ source, text }: { readonly source: string; readonly text: string }) {
  if (isDrawnPicture(source)) return <img src={source} alt={text} className="max-w-full" />;
  return (
    <span className="text-ink-3">
      [picture <SeenText text={text} />: <SeenText text={source.slice(0, 200)} />, which is not fetched]
    </span>
  );
}
