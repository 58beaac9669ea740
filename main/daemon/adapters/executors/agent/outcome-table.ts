import type { FailureClass } from '../../../../../contract/failure-class.ts';
import type { AgentErrorKind } from './agent-error-kind.ts';

/** Everything that decides what a run came to. */
export interface OutcomeCase {
  /** The vendor's own word for the end; null: the stream ended without one. */
  readonly terminal: string | null;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** Of the last error that was told. */
  readonly error: AgentErrorKind | null;
  readonly hasDenials: boolean;
  readonly hasBrokenCalls: boolean;
  readonly hasAnswer: boolean;
  /** Whether the worktree is another than before. */
  readonly hasChanges: boolean;
}

/**
 * One line of a vendor's truth table: what has to be so, and what that comes to. What is not named may be anything. The
 * first line that fits decides.
 */
export interface OutcomeRow {
  /** Its number in the vendor's SPEC.md. */
  readonly rule: string;
  readonly when: {
    readonly terminal?: readonly (string | null)[];
    readonly exit?: 'zero' | 'nonzero' | 'signal' | readonly number[];
    readonly error?: 'any' | 'none' | readonly AgentErrorKind[];
    readonly denials?: boolean;
    readonly brokenCalls?: boolean;
    readonly answer?: boolean;
    readonly changes?: boolean;
  };
  readonly comesTo: 'completed' | FailureClass;
  /** What to say of it; `null`: the agent's own answer, or of a failure its last error, says it. */
  readonly because: string | null;
}

/** Of a run in which nothing came of a broken call, whoever's it is. */
export const BROKEN_AND_UNCHANGED =
  'The model called a tool in a way that no tool understands, and nothing was changed';

/** The line that decides. A table's last line fits everything: throws for one that does not. */
export function findOutcome(rows: readonly OutcomeRow[], known: OutcomeCase): OutcomeRow {
  const row = rows.find(({ when }) => fits(when, known));
  if (row === undefined) throw new Error(`no outcome for ${JSON.stringify(known)}`);
  return row;
}

function fits(when: OutcomeRow['when'], known: OutcomeCase): boolean {
  return (
    (when.terminal === undefined || when.terminal.includes(known.terminal)) &&
    fitsExit(when.exit, known.exitCode) &&
    fitsError(when.error, known.error) &&
    fitsFlag(when.denials, known.hasDenials) &&
    fitsFlag(when.brokenCalls, known.hasBrokenCalls) &&
    fitsFlag(when.answer, known.hasAnswer) &&
    fitsFlag(when.changes, known.hasChanges)
  );
}

const fitsFlag = (wanted: boolean | undefined, known: boolean): boolean => wanted === undefined || wanted === known;

function fitsExit(wanted: OutcomeRow['when']['exit'], exitCode: number | null): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'signal') return exitCode === null;
  if (wanted === 'zero') return exitCode === 0;
  if (wanted === 'nonzero') return exitCode !== null && exitCode !== 0;
  return exitCode !== null && wanted.includes(exitCode);
}

function fitsError(wanted: OutcomeRow['when']['error'], error: AgentErrorKind | null): boolean {
  if (wanted === undefined) return true;
  if (wanted === 'none') return error === null;
  if (wanted === 'any') return error !== null;
  return error !== null && wanted.includes(error);
}
