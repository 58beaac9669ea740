import { Command } from 'cmdk';
import { KeyCaps } from '../parts/key-caps.tsx';
import type { EntryGroup } from './find-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';

interface PaletteGroupProps {
  readonly group: EntryGroup;
  readonly onChoose: (entry: PaletteEntry) => void;
}

export const PaletteGroup = ({ group: { heading, entries }, onChoose }: PaletteGroupProps) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-ink-3"
  >
    {entries.map((entry) => (
      <Command.Item
        key={entry.id}
        value={`${heading} ${entry.id}`}
        onSelect={() => onChoose(entry)}
        className="mx-1 flex min-h-8 cursor-pointer items-center gap-3 rounded-md px-3 data-[selected=true]:bg-selected data-[selected=true]:outline data-[selected=true]:outline-accent"
      >
        <span className="grow truncate">{entry.label}</span>
        {entry.hint === '' ? null : <span className="max-w-1/2 truncate text-ink-2">{entry.hint}</span>}
        <KeyCaps keys={entry.keys} />
      </Command.Item>
    ))}
  </Command.Group>
);
