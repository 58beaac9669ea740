import type { ReactNode } from 'react';
import { Rail } from '../../parts/rail.tsx';
import { When } from '../../parts/when.tsx';
import type { Rail as RailKind, Tone } from '../../words/states.ts';
import type { ShownEntry } from './shown-entries.ts';

export interface EntryViewProps {
  readonly entry: ShownEntry;
  readonly isAgentLive: boolean;
  /** Nothing came after it. */
  readonly isLast: boolean;
  readonly isOpen: boolean;
  readonly onFold: (id: string, isOpen: boolean) => void;
}

interface EntryProps {
  readonly atMs: number;
  readonly tone: Tone;
  readonly rail: RailKind;
  readonly children: ReactNode;
}

/** The frame of each: its mark at the left, when it was told at the right. */
export const Entry = ({ atMs, tone, rail, children }: EntryProps) => (
  <div className="flex gap-3 border-b border-line">
    <Rail rail={rail} tone={tone} />
    <div className="min-w-0 grow py-2">{children}</div>
    <span className="w-16 shrink-0 py-2 text-right text-meta text-ink-3">
      <When atMs={atMs} />
    </span>
  </div>
);
