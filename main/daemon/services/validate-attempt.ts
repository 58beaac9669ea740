import { escapeName } from '../../../contract/escape-name.ts';
import type { ValidationRecord } from '../../../contract/records.ts';
import type { Result } from '../../../contract/result.ts';
import type { ValidationSpec } from '../../../contract/task-spec.ts';
import { type AttemptWork, advance } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { persist } from './persist.ts';
import type { AttemptPlace } from './ports/attempt-place.ts';
import type { Problem } from './ports/problem.ts';
import type { ShellEnd } from './ports/processes.ts';
import { type Logged, withLogs } from './with-logs.ts';

/** Rows for every declared validation before any of them ran. */
export const plannedValidations = (
  { step, attemptId }: Pick<AttemptWork, 'step' | 'attemptId'>,
  atMs: number,
): ValidationRecord[] =>
  step.spec.validations.map((validation, ordinal) => ({
    attemptId,
    ordinal,
    name: validation.name,
    command: validation.command,
    required: validation.required,
    state: 'not_run',
    exitCode: null,
    signal: null,
    stdoutRef: null,
    stderrRef: null,
    error: '',
    durationMs: 0,
    startedAtMs: null,
    updatedAtMs: atMs,
  }));

/**
 * Runs the declared validations one after another in the worktree, all of them, whatever the earlier ones say. What
 * was not reached when the attempt was stopped stays `not_run`. The record shows which one runs; the result of the last
 * one is for the caller to store, with the end of the attempt.
 */
export async function validateAttempt(
  context: ServiceContext,
  work: AttemptWork,
  signal: AbortSignal,
): Promise<readonly ValidationRecord[]> {
  const rows = plannedValidations(work, context.clock());
  await persist(context, () => recordValidating(context, work, rows));
  for (const [ordinal, spec] of work.step.spec.validations.entries()) {
    const row = rows[ordinal];
    if (row === undefined || signal.aborted) break;
    rows[ordinal] = await runValidation(context, { work, row: begun(context, row), spec }, signal);
    if (ordinal < rows.length - 1 && !signal.aborted) {
      await persist(context, () => recordResult(context, { work, rows, ordinal }));
    }
  }
  return rows;
}

const begun = (context: ServiceContext, row: ValidationRecord): ValidationRecord => {
  const atMs = context.clock();
  return { ...row, state: 'running', startedAtMs: atMs, updatedAtMs: atMs };
};

/** With the first one under way. */
function recordValidating(context: ServiceContext, work: AttemptWork, rows: readonly ValidationRecord[]): void {
  context.store.transaction(() => {
    for (const row of rows) context.store.validations.insert(row.ordinal === 0 ? begun(context, row) : row);
    advance(context, work, { to: 'validating' });
  });
}

interface Progress {
  readonly work: AttemptWork;
  readonly rows: readonly ValidationRecord[];
  /** Of the one that has ended. */
  readonly ordinal: number;
}

/** Shows a result before the others are there, and that the next one runs. */
function recordResult(context: ServiceContext, { work, rows, ordinal }: Progress): void {
  const [ended, next] = rows.slice(ordinal, ordinal + 2);
  context.store.transaction(() => {
    if (ended !== undefined) recordValidation(context, work.place, ended);
    if (next !== undefined) context.store.validations.save(begun(context, next));
  });
}

const VERDICTS: readonly ValidationRecord['state'][] = ['passed', 'failed', 'errored'];

/** Stores a validation as it stands, and tells its verdict the first time that it has one. */
export function recordValidation({ store }: ServiceContext, place: AttemptPlace, row: ValidationRecord): void {
  const before = store.validations.get(row.attemptId, row.ordinal);
  if (before === null) store.validations.insert(row);
  else store.validations.save(row);
  if (!VERDICTS.includes(row.state) || before?.state === row.state) return;
  const { name, state, exitCode, required, durationMs } = row;
  const payload = { name, state, exit_code: exitCode, required, duration_ms: durationMs };
  store.events.append({ type: 'validation.ended', actor: 'daemon', ...place, payload });
}

interface OneValidation {
  readonly work: AttemptWork;
  readonly row: ValidationRecord;
  readonly spec: ValidationSpec;
}

async function runValidation(
  context: ServiceContext,
  { work, row, spec }: OneValidation,
  signal: AbortSignal,
): Promise<ValidationRecord> {
  const logName = (stream: string) => `validations/${row.ordinal + 1}-${escapeName(row.name)}.${stream}.log`;
  const names = { stdout: logName('stdout'), stderr: logName('stderr') };
  const ended = await withLogs(context, { work, names }, (logs) =>
    context.processes.runShell({
      command: spec.command,
      cwd: work.worktreePath,
      env: context.processes.environment(work.mark),
      mark: work.mark,
      timeoutMs: spec.timeoutSeconds * 1000,
      signal,
      ...logs,
    }),
  );
  const atMs = context.clock();
  return {
    ...row,
    ...judge(spec, ended),
    stdoutRef: context.evidence.logPath(work.place, names.stdout),
    stderrRef: context.evidence.logPath(work.place, names.stderr),
    durationMs: atMs - (row.startedAtMs ?? atMs),
    updatedAtMs: atMs,
  };
}

type Verdict = Pick<ValidationRecord, 'state' | 'exitCode' | 'signal' | 'error'>;

const errored = (
  error: string,
  facts: Pick<Verdict, 'exitCode' | 'signal'> = { exitCode: null, signal: null },
): Verdict => ({
  ...facts,
  state: 'errored',
  error,
});

/** A log that is not whole makes a validation one that nobody can trust. */
function judge(spec: ValidationSpec, logged: Result<Logged<Result<ShellEnd, Problem>>, Problem>): Verdict {
  if (!logged.ok) return errored(logged.error.sentence);
  const { value: ended, problems: gaps } = logged.value;
  if (!ended.ok) return errored(ended.error.sentence);
  const { exitCode, signal, timedOut, wasStopped } = ended.value;
  const facts = { exitCode, signal };
  const problems = [...ended.value.problems, ...gaps];
  if (problems.length > 0) return errored(problems.join('; '), facts);
  if (wasStopped) return errored('stopped before it ended', facts);
  if (timedOut) return { ...facts, state: 'failed', error: `Command timed out after ${spec.timeoutSeconds} seconds.` };
  if (exitCode === 0) return { ...facts, state: 'passed', error: '' };
  const how = exitCode === null ? `signal ${signal}` : `exit status ${exitCode}`;
  return { ...facts, state: 'failed', error: `Command failed: ${how}` };
}
