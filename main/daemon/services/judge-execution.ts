import type { Invocation } from '../../../contract/executor-profile.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import type { ExecutorOutcome, ExecutorVerdict } from '../adapters/executors/executor.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { withoutKeys } from '../domain/redaction/key-shapes.ts';
import { endOfStopped, failed } from './attempt-work.ts';

/** What the executor's part of an attempt left to be judged. */
export interface Execution {
  readonly end: ExecutionEnd;
  /** What it is instead when the worktree turns out to be as it was; null: the same. */
  readonly endIfUnchanged: ExecutionEnd | null;
  /** Whether the executor was ever under way. */
  readonly hasRun: boolean;
  readonly facts: Partial<AttemptRecord>;
  readonly evidenceProblems: readonly string[];
  /** What is true and lessens the result, without making it wrong. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

/** It was never under way. */
export const unstarted = (end: ExecutionEnd): Execution => ({
  end,
  endIfUnchanged: null,
  hasRun: false,
  facts: {},
  evidenceProblems: [],
  doubts: [],
  notes: [],
});

interface RunBounds {
  /** Of the whole attempt; null: none. */
  readonly limitSeconds: number | null;
  /** Aborted by the order to stop. */
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
  /** How its program was started; null: none was. */
  readonly invocation: Invocation | null;
}

/** What an executor's end comes to, without secrets. */
export function judgeExecution(outcome: ExecutorOutcome, given: RunBounds): Execution {
  // What an agent says of its end may quote a key of somebody else, which no variable of ours holds.
  const bounds = { ...given, redact: (text: string) => withoutKeys(given.redact(text)) };
  const { ifUnchanged, exitCode, signal, questions, session, usage, problems, doubts, leftoverCount } = outcome;
  return {
    end: executionEnd(outcome, bounds),
    endIfUnchanged: ifUnchanged === null ? null : executionEnd(ifUnchanged, bounds),
    hasRun: true,
    facts: {
      exitCode,
      signal,
      questions: questions.map(bounds.redact),
      executorSession: session === null ? null : given.redact(session),
      usage,
      ...withModel(outcome.model, bounds),
    },
    evidenceProblems: problems,
    doubts: doubts.map(bounds.redact),
    notes: leftoverNotes(leftoverCount),
  };
}

/** That the agent names, beside the one that was asked for: a service may take another. */
function withModel(model: string | null, { invocation, redact }: RunBounds): Partial<AttemptRecord> {
  if (model === null || invocation === null) return {};
  return { invocation: { ...invocation, reportedModel: redact(model) } };
}

function executionEnd({ end, summary }: ExecutorVerdict, { limitSeconds, signal, redact }: RunBounds): ExecutionEnd {
  if (end.kind === 'completed') return { end: 'completed', summary: redact(summary) };
  if (end.kind === 'failed') return failed(end.failureClass, redact(summary));
  if (end.reason !== 'timeout') return endOfStopped(signal);
  return failed('timeout', `Execution timed out after ${limitSeconds} seconds`);
}

function leftoverNotes(count: number): readonly string[] {
  if (count === 0) return [];
  return [count === 1 ? 'ended a process that was left behind' : `ended ${count} processes that were left behind`];
}

/** The same, with what else is not whole of its evidence. */
export const withProblems = (execution: Execution, problems: readonly string[]): Execution => ({
  ...execution,
  evidenceProblems: [...execution.evidenceProblems, ...problems],
});
