import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';

/** A stretch of time on a line; parts of the whole from 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly kind: 'attempt' | 'gate' | 'wait';
  readonly state: string;
  readonly fromMs: number;
  /** Null: it lasts. */
  readonly toMs: number | null;
}

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

interface StepTimes {
  readonly createdAtMs: number | null;
  readonly attempts: readonly ClientAttempt[];
  readonly gates: readonly ClientGate[];
}

/** From the first to the last moment of a run; until now while it lasts. */
export function spanOf(
  run: { readonly createdAtMs: number | null; readonly updatedAtMs: number | null },
  { isEnded, nowMs }: { readonly isEnded: boolean; readonly nowMs: number },
): TimeSpan {
  const fromMs = run.createdAtMs ?? nowMs;
  const toMs = isEnded ? (run.updatedAtMs ?? nowMs) : nowMs;
  return { fromMs, toMs: Math.max(toMs, fromMs + 1) };
}

/** What a step did when: waited, was tried, stood before gates. Attempts and gates as they overlap. */
export function stretchesOf({ createdAtMs, attempts, gates }: StepTimes, span: TimeSpan): readonly Stretch[] {
  const first = attempts[0]?.startedAtMs ?? null;
  const waited =
    createdAtMs === null ? [] : [placed({ kind: 'wait', state: 'pending', fromMs: createdAtMs, toMs: first }, span)];
  const tried = attempts.flatMap(({ startedAtMs, endedAtMs, state }) =>
    startedAtMs === null ? [] : [placed({ kind: 'attempt', state, fromMs: startedAtMs, toMs: endedAtMs }, span)],
  );
  const gated = gates.flatMap(({ createdAtMs: openedAtMs, resolvedAtMs, state }) =>
    openedAtMs === null ? [] : [placed({ kind: 'gate', state, fromMs: openedAtMs, toMs: resolvedAtMs }, span)],
  );
  return [...waited, ...tried, ...gated];
}

function placed(one: Omit<Stretch, 'from' | 'to'>, { fromMs, toMs }: TimeSpan): Stretch {
  const part = (ms: number): number => Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)));
  return { ...one, from: part(one.fromMs), to: part(one.toMs ?? toMs) };
}
