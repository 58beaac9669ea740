import { useState } from 'react';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { Button } from '../../parts/button.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { formatCount } from '../../words/format-number.ts';
import { briefOf, entriesOf, type JsonEntry } from './json-rows.ts';

/** A document as a tree that is unfolded branch by branch; what is folded is not drawn. */
export const JsonTree = ({ value }: { readonly value: JsonValue }) => (
  <div className="max-h-[60vh] overflow-auto bg-sunken p-2 font-mono text-log">
    <Children entries={entriesOf(value) ?? [{ name: '', value }]} isFirst />
  </div>
);

const PART = 200;

function Children({
  entries,
  isFirst = false,
}: {
  readonly entries: readonly JsonEntry[];
  readonly isFirst?: boolean;
}) {
  const [shown, setShown] = useState(PART);
  const rest = entries.length - shown;
  return (
    <ul className={isFirst ? '' : 'border-l border-line pl-4'}>
      {entries.slice(0, shown).map((entry) => (
        <Entry key={entry.name} entry={entry} />
      ))}
      {rest <= 0 ? null : (
        <li>
          <Button onClick={() => setShown(shown + PART)}>Show {formatCount(Math.min(PART, rest))} more</Button>
        </li>
      )}
    </ul>
  );
}

function Entry({ entry: { name, value } }: { readonly entry: JsonEntry }) {
  const [isOpen, setOpen] = useState(false);
  const entries = entriesOf(value);
  const label = name === '' ? '' : `${name}: `;
  if (entries === null || entries.length === 0) {
    return (
      <li className="py-0.5 pl-5 whitespace-pre-wrap wrap-anywhere">
        <span className="text-ink-2">
          <SeenText text={label} />
        </span>
        <SeenText text={briefOf(value)} />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        className="min-h-6 text-left hover:bg-hover"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden className="inline-block w-5 text-center text-ink-3">
          {isOpen ? '▾' : '▸'}
        </span>
        <span className="text-ink-2">
          <SeenText text={label} />
        </span>
        <span className="text-ink-3">{briefOf(value)}</span>
      </button>
      {isOpen ? <Children entries={entries} /> : null}
    </li>
  );
}
