import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { TranscriptEntry } from './transcript.ts';

/** A stop for a decision, between what the agent did. */
export interface GateShown {
  readonly kind: 'gate';
  readonly id: string;
  readonly atMs: number;
  readonly gate: ClientGate;
}

export type ShownEntry = TranscriptEntry | GateShown;

/** What the agent did and what it asked, in the order of time. */
export function shownEntries(entries: readonly TranscriptEntry[], gates: readonly ClientGate[]): readonly ShownEntry[] {
  const waiting: readonly GateShown[] = gates
    .map((gate) => ({ kind: 'gate', id: gate.id, atMs: gate.createdAtMs ?? 0, gate }) as const)
    .toSorted((a, b) => a.atMs - b.atMs);
  if (waiting.length === 0) return entries;
  const shown: ShownEntry[] = [];
  let next = 0;
  for (const entry of entries) {
    for (; next < waiting.length && (waiting[next]?.atMs ?? 0) < entry.atMs; next += 1)
      shown.push(...waiting.slice(next, next + 1));
    shown.push(entry);
  }
  shown.push(...waiting.slice(next));
  return shown;
}
