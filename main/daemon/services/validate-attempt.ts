import { escapeName } from '../../../contract/escape-name.ts';
import type { ValidationRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ValidationSpec } from '../../../contract/task-spec.ts';
import { type AttemptWork, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { persist } from './persist.ts';
import type { EvidenceLog, Problem, ShellEnd } from './ports.ts';

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
 * was not reached when the attempt was stopped stays `not_run`.
 */
export async function validateAttempt(
  context: ServiceContext,
  work: AttemptWork,
  signal: AbortSignal,
): Promise<readonly ValidationRecord[]> {
  const rows = plannedValidations(work, context.clock());
  const results: ValidationRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const spec = work.step.spec.validations[index];
    const result =
      spec === undefined || signal.aborted ? row : await runValidation(context, { work, row, spec }, signal);
    results.push(result);
    if (index < rows.length - 1) await persist(context, () => saveLive(context, work, result));
  }
  return results;
}

/** Shows a result before the others are there. The last one is stored with the end of the attempt. */
function saveLive(context: ServiceContext, work: AttemptWork, row: ValidationRecord): void {
  context.store.transaction(() => {
    context.store.validations.save(row);
    appendValidationEnded(context, work, row);
  });
}

export function appendValidationEnded(
  context: ServiceContext,
  { place }: Pick<AttemptWork, 'place'>,
  row: ValidationRecord,
): void {
  context.store.events.append({
    type: 'validation.ended',
    actor: 'daemon',
    ...place,
    payload: {
      name: row.name,
      state: row.state,
      exit_code: row.exitCode,
      required: row.required,
      duration_ms: row.durationMs,
    },
  });
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
  const startedAtMs = context.clock();
  const logName = (stream: string) => `validations/${row.ordinal + 1}-${escapeName(row.name)}.${stream}.log`;
  const logs = openPair(context, work, [logName('stdout'), logName('stderr')]);
  const ended = await withLogs(logs, ([stdout, stderr]) =>
    context.processes.runShell({
      command: spec.command,
      cwd: work.worktreePath,
      env: context.processes.environment(work.mark),
      mark: work.mark,
      timeoutMs: spec.timeoutSeconds * 1000,
      signal,
      stdout,
      stderr,
    }),
  );
  const refs = {
    stdoutRef: context.evidence.logPath(work.place, logName('stdout')),
    stderrRef: context.evidence.logPath(work.place, logName('stderr')),
  };
  const atMs = context.clock();
  return {
    ...row,
    ...refs,
    ...judge(spec, ended, signal),
    startedAtMs,
    durationMs: atMs - startedAtMs,
    updatedAtMs: atMs,
  };
}

type LogPair = readonly [EvidenceLog, EvidenceLog];

async function openPair(
  context: ServiceContext,
  work: AttemptWork,
  [outName, errName]: readonly [string, string],
): Promise<Result<LogPair, Problem>> {
  const secretsIn = recipeVariables(work.step);
  const stdout = await context.evidence.openLog(work.place, outName, secretsIn);
  if (!stdout.ok) return stdout;
  const stderr = await context.evidence.openLog(work.place, errName, secretsIn);
  if (stderr.ok) return ok([stdout.value, stderr.value]);
  await stdout.value.close();
  return stderr;
}

/** Uses both logs and closes them. A log that is not whole makes the validation one that nobody can trust. */
async function withLogs<T>(
  logs: Promise<Result<LogPair, Problem>>,
  use: (logs: LogPair) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> {
  const opened = await logs;
  if (!opened.ok) return opened;
  const result = await use(opened.value);
  for (const log of opened.value) {
    const closed = await log.close();
    if (!closed.ok) return closed;
  }
  return result;
}

type Verdict = Pick<ValidationRecord, 'state' | 'exitCode' | 'signal' | 'error'>;

function judge(spec: ValidationSpec, ended: Result<ShellEnd, Problem>, signal: AbortSignal): Verdict {
  if (!ended.ok) return { state: 'errored', exitCode: null, signal: null, error: ended.error.sentence };
  const { exitCode, signal: endSignal, timedOut, problems } = ended.value;
  const base = { exitCode, signal: endSignal };
  if (problems.length > 0) return { ...base, state: 'errored', error: problems.join('; ') };
  if (signal.aborted) return { ...base, state: 'errored', error: 'stopped before it ended' };
  if (timedOut) return { ...base, state: 'failed', error: `Command timed out after ${spec.timeoutSeconds} seconds.` };
  if (exitCode === 0) return { ...base, state: 'passed', error: '' };
  const how = exitCode === null ? `signal ${endSignal}` : `exit status ${exitCode}`;
  return { ...base, state: 'failed', error: `Command failed: ${how}` };
}
