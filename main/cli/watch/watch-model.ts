import type { ClientEvent } from '../../../contract/client/client-event.ts';
import { describeProgress, describeValidationEnd } from '../describe-event.ts';
import { numberIn, textIn } from '../payload-fields.ts';

/** A step as the events up to now tell it. */
export interface WatchedStep {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly reason: string;
  readonly submittedAtMs: number | null;
  /** Since when it is in its state; `null`: no event told. */
  readonly sinceMs: number | null;
  /** 0: none yet. */
  readonly attempt: number;
  readonly executor: string;
  /** The command that runs now; empty: none, or nobody told. */
  readonly command: string;
  /** What was told last of the attempt; empty when nothing was. */
  readonly progress: string;
  readonly progressAtMs: number | null;
  /** Those that wait for a decision, the longest one first. */
  readonly gateIds: readonly string[];
}

export interface WatchModel {
  readonly runState: string;
  readonly runCreatedAtMs: number | null;
  readonly runSinceMs: number | null;
  /** In the order in which they were submitted. */
  readonly steps: ReadonlyMap<string, WatchedStep>;
  /** The newest last. */
  readonly recent: readonly ClientEvent[];
}

export interface WatchedRecord {
  /** As it is now; `steps` goes on to change. */
  readonly model: () => WatchModel;
  /** Takes one more event in. What it does not tell stays as it was. */
  readonly apply: (event: ClientEvent) => void;
}

/** Of a screen that shows fewer it is enough, and nothing grows. */
const MAX_RECENT = 20;

/** Follows a record by its events. A run may have fifty thousand steps: they are kept in place. */
export function followRecord(): WatchedRecord {
  const steps = new Map<string, WatchedStep>();
  let run: RunFacts = { runState: '', runCreatedAtMs: null, runSinceMs: null };
  let recent: readonly ClientEvent[] = [];
  return {
    model: () => ({ ...run, steps, recent }),
    apply(event) {
      const { type, payload, atMs, stepId } = event;
      if (type === 'run.created') run = { ...run, runCreatedAtMs: atMs };
      if (type === 'run.state_changed') run = { ...run, runState: textIn(payload, 'to'), runSinceMs: atMs };
      if (isChange(event)) recent = [...recent, event].slice(-MAX_RECENT);
      if (stepId === '') return;
      const step = steps.get(stepId) ?? newStep(stepId);
      const change = stepChange(event, step);
      if (change !== null) steps.set(stepId, { ...step, ...change });
    },
  };
}

type RunFacts = Pick<WatchModel, 'runState' | 'runCreatedAtMs' | 'runSinceMs'>;

const newStep = (id: string): WatchedStep => ({
  id,
  title: '',
  state: 'pending',
  reason: '',
  submittedAtMs: null,
  sinceMs: null,
  attempt: 0,
  executor: '',
  command: '',
  progress: '',
  progressAtMs: null,
  gateIds: [],
});

/** In all others no command runs any more. */
const WITH_COMMAND: ReadonlySet<string> = new Set(['dispatching', 'running']);

/** What an event says about its step; `null`: nothing that is shown. */
function stepChange(
  { type, payload, atMs, gateId }: ClientEvent,
  { gateIds }: WatchedStep,
): Partial<WatchedStep> | null {
  switch (type) {
    case 'step.submitted':
      return { title: textIn(payload, 'title'), submittedAtMs: atMs, sinceMs: atMs };
    case 'step.state_changed':
      return {
        state: textIn(payload, 'to'),
        reason: textIn(payload, 'reason'),
        sinceMs: atMs,
        ...(WITH_COMMAND.has(textIn(payload, 'to')) ? {} : { command: '' }),
      };
    case 'step.resolved':
      return { state: textIn(payload, 'as'), reason: textIn(payload, 'reason'), sinceMs: atMs };
    case 'attempt.started':
      return {
        attempt: numberIn(payload, 'number') ?? 0,
        executor: textIn(payload, 'executor'),
        command: textIn(payload, 'command'),
        progress: '',
      };
    case 'attempt.progress':
      return { command: textIn(payload, 'next'), progress: describeProgress(payload), progressAtMs: atMs };
    case 'validation.ended':
      return { progress: describeValidationEnd(payload), progressAtMs: atMs };
    case 'gate.opened':
      return { gateIds: [...gateIds, gateId] };
    case 'gate.decided':
    case 'gate.withdrawn':
    case 'gate.expired':
      return { gateIds: gateIds.filter((id) => id !== gateId) };
    default:
      return null; // readers survive events that they do not know
  }
}

/** What a reader of lines wants to see: not each sign of life, and not the state of an attempt beside that of its step. */
export const isChange = ({ type }: ClientEvent): boolean =>
  type !== 'attempt.progress' && type !== 'attempt.state_changed' && type !== 'attempt.process_started';
