import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useFocusBefore } from '../parts/use-focus-before.ts';
import { plural } from '../words/format-number.ts';
import type { PageActions } from './commands.ts';
import { findEntries } from './find-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { PaletteGroup } from './palette-group.tsx';
import { useRecentEntries } from './recent-entries.ts';
import { useInstanceEntries, usePaletteEntries } from './use-palette-entries.ts';
import { type PaletteLayer, usePalettePages } from './use-palette-pages.ts';

interface PaletteProps {
  /** Null: it is closed. */
  readonly layer: PaletteLayer | null;
  readonly page: PageActions;
  readonly show: (layer: PaletteLayer | null) => void;
}

/** Every command and every object, found by typing. */
export function Palette({ layer, page, show }: PaletteProps) {
  const focus = useFocusBefore();
  const pages = usePalettePages(layer, show);
  return (
    <Dialog.Root open={layer !== null} onOpenChange={(isOpen) => (isOpen ? undefined : pages.close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[min(40rem,94vw)] -translate-x-1/2 flex-col rounded-lg border border-edge bg-panel shadow-lg"
          onOpenAutoFocus={focus.onOpenAutoFocus}
          onCloseAutoFocus={focus.onCloseAutoFocus}
          onEscapeKeyDown={(event) => {
            if (pages.back()) event.preventDefault();
          }}
        >
          <Dialog.Title className="sr-only">Search or command</Dialog.Title>
          {layer === null ? null : <PaletteBody layer={layer} page={page} pages={pages} onLeave={focus.forget} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteBodyProps {
  readonly layer: PaletteLayer;
  readonly page: PageActions;
  readonly pages: ReturnType<typeof usePalettePages>;
  /** Something was chosen that shows another screen. */
  readonly onLeave: () => void;
}

function PaletteBody({ layer, page, pages, onLeave }: PaletteBodyProps) {
  const { query, setQuery } = pages;
  const recent = useRecentEntries();
  const all = usePaletteEntries(layer === 'palette' ? query : '');
  const instances = useInstanceEntries();
  const groups = findEntries({ entries: layer === 'palette' ? all : (instances ?? []), query, recent: recent.ids });
  const count = groups.reduce((sum, group) => sum + group.entries.length, 0);

  const choose = (entry: PaletteEntry): void => {
    recent.use(entry.id);
    if (entry.id === 'instances') {
      pages.turnTo('instances');
      return;
    }
    pages.close();
    const go = (path: string): void => {
      onLeave();
      page.go(path);
    };
    entry.run({ ...page, go });
  };

  return (
    <Command
      label="Search or command"
      shouldFilter={false}
      vimBindings={false}
      loop
      className="flex min-h-0 flex-col"
      onKeyDown={(event) => {
        if (event.key === 'Backspace' && query === '' && pages.back()) event.preventDefault();
      }}
    >
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder={layer === 'palette' ? 'A screen, a run, a step, a command' : 'An instance'}
        className="min-h-11 border-b border-line bg-transparent px-4 -outline-offset-2 placeholder:text-ink-3"
      />
      <p role="status" className="sr-only">
        {plural(count, 'entry', 'entries')}
      </p>
      <Command.List className="min-h-0 overflow-y-auto py-1">
        {groups.map((group) => (
          <PaletteGroup key={group.heading} group={group} onChoose={choose} />
        ))}
      </Command.List>
      {count > 0 ? null : <p className="px-4 py-3 text-ink-2">{emptyText(layer, query, instances === null)}</p>}
    </Command>
  );
}

function emptyText(layer: PaletteLayer, query: string, isAsking: boolean): string {
  if (layer === 'instances' && isAsking) return 'Looking for other daemons.';
  if (query.trim() !== '') return `Nothing here has "${query.trim()}" in its name.`;
  return 'No other instance runs. "codencer up" in another repository starts one.';
}
