import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';

/** Work that is stopped until a person acts: a gate to decide, or a step that nobody can go on with by rule. */
export type Need =
  | { readonly kind: 'gate'; readonly id: string; readonly sinceMs: number | null; readonly gate: ClientGate }
  | { readonly kind: 'step'; readonly id: string; readonly sinceMs: number | null; readonly step: ClientStep };

/** The oldest first. */
export const needsYou = (gates: readonly ClientGate[], steps: readonly ClientStep[]): readonly Need[] =>
  [
    ...gates.map((gate): Need => ({ kind: 'gate', id: gate.id, sinceMs: gate.createdAtMs, gate })),
    ...steps.map((step): Need => ({ kind: 'step', id: step.id, sinceMs: step.updatedAtMs, step })),
  ].toSorted((a, b) => (a.sinceMs ?? 0) - (b.sinceMs ?? 0) || a.id.localeCompare(b.id));
