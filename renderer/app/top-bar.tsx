import { ChevronsUpDown, Search } from 'lucide-react';
import { Link } from 'wouter';
import type { ClientInstance } from '../../contract/client/client-instance.ts';
import { KeyCaps } from '../parts/key-caps.tsx';
import { plural } from '../words/format-number.ts';
import { useLayers } from './layers.ts';
import { LiveMark } from './live-mark.tsx';
import { SideBadge } from './side-badge.tsx';

interface TopBarProps {
  readonly name: string;
  readonly facts: ClientInstance | undefined;
  /** What is stopped until a person acts; gates are a part of it. */
  readonly needs: { readonly gates: number; readonly all: number };
}

/** Which instance, on which side of the machine, how live; the way to everything; what waits. */
export const TopBar = ({ name, facts, needs }: TopBarProps) => (
  <header className="col-span-2 flex items-center gap-3 border-b border-line bg-panel px-3 py-1">
    <InstanceButton name={name} root={facts?.repoRoot ?? ''} />
    <SideBadge facts={facts} />
    <LiveMark />
    <span className="grow" />
    <SearchButton />
    {needs.all === 0 ? null : (
      <Link
        href={needs.all === needs.gates ? '/inbox' : '/'}
        className="rounded-md border border-you bg-amber px-2 py-0.5 font-semibold text-on-amber"
      >
        {plural(needs.all, 'needs you', 'need you')}
      </Link>
    )}
  </header>
);

function InstanceButton({ name, root }: { readonly name: string; readonly root: string }) {
  const { show } = useLayers.getState();
  return (
    <button
      type="button"
      title={root}
      aria-haspopup="dialog"
      className="inline-flex min-h-7 min-w-0 items-center gap-1 rounded-md px-1.5 font-semibold hover:bg-hover"
      onClick={() => show('instances')}
    >
      <span className="truncate">{name}</span>
      <ChevronsUpDown aria-hidden size={14} strokeWidth={1.62} className="shrink-0" />
      <span className="sr-only">, other instances</span>
    </button>
  );
}

function SearchButton() {
  const { show } = useLayers.getState();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className="inline-flex min-h-7 items-center gap-2 rounded-md border border-edge bg-canvas px-2 text-ink-2 hover:bg-hover"
      onClick={() => show('palette')}
    >
      <Search aria-hidden size={16} strokeWidth={1.62} />
      <span className="sr-only medium:not-sr-only">Search or command</span>
      <span className="hidden medium:inline">
        <KeyCaps keys="mod+k" />
      </span>
    </button>
  );
}
