import type { ProcessExit } from '../../process/supervise.ts';
import type { ExecutorOutcome, ExecutorVerdict, StopReason } from '../executor.ts';
import type { AgentFacts } from './agent-facts.ts';
import { findOutcome, type OutcomeCase, type OutcomeRow } from './outcome-table.ts';
import type { Trip } from './watchdogs.ts';

export interface RunEnd {
  readonly rows: readonly OutcomeRow[];
  readonly facts: AgentFacts;
  readonly exit: Pick<ProcessExit, 'exitCode' | 'signal'>;
  readonly trip: Trip | null;
  /** Who asked for the end before the agent told its own. */
  readonly stoppedFor: StopReason | null;
}

/** What a run came to, for a worktree that changed and for one that did not: whoever looks at it knows which. */
export function judgeRun(run: RunEnd): Pick<ExecutorOutcome, 'end' | 'summary' | 'ifUnchanged'> {
  const { trip, stoppedFor } = run;
  if (stoppedFor !== null) return { end: { kind: 'stopped', reason: stoppedFor }, summary: '', ifUnchanged: null };
  if (trip !== null) {
    return { end: { kind: 'failed', failureClass: trip.failureClass }, summary: trip.summary, ifUnchanged: null };
  }
  const changed = findOutcome(run.rows, caseOf(run, { hasChanges: true }));
  const unchanged = findOutcome(run.rows, caseOf(run, { hasChanges: false }));
  return { ...verdictOf(changed, run), ifUnchanged: unchanged === changed ? null : verdictOf(unchanged, run) };
}

function verdictOf({ comesTo, because }: OutcomeRow, { facts, exit }: RunEnd): ExecutorVerdict {
  if (comesTo === 'completed') return { end: { kind: 'completed' }, summary: because ?? answerOf(facts) };
  const summary = because ?? lastErrorOf(facts) ?? `The agent ended without success: ${exitWords(exit)}`;
  return { end: { kind: 'failed', failureClass: comesTo }, summary };
}

function caseOf({ facts, exit }: RunEnd, { hasChanges }: Pick<OutcomeCase, 'hasChanges'>): OutcomeCase {
  return {
    terminal: facts.terminal,
    exitCode: exit.exitCode,
    error: facts.errors.at(-1)?.kind ?? null,
    hasDenials: facts.denials.length > 0,
    hasBrokenCalls: facts.brokenCalls > 0,
    hasAnswer: facts.answer !== '',
    hasChanges,
  };
}

const answerOf = ({ answer }: AgentFacts): string => (answer === '' ? 'The agent completed and said nothing.' : answer);

const lastErrorOf = ({ errors, denials }: AgentFacts): string | null => errors.at(-1)?.text ?? denials.at(-1) ?? null;

const exitWords = ({ exitCode, signal }: RunEnd['exit']): string =>
  exitCode === null ? `signal ${signal}` : `exit status ${exitCode}`;
