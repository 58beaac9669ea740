import { err, ok } from '../../../contract/result.ts';
import { findMarked } from '../adapters/process/environment-mark.ts';
import { executorEnvironment, type Variables } from '../adapters/process/executor-environment.ts';
import { leftoverProblems } from '../adapters/process/leftover-problems.ts';
import { stopTree } from '../adapters/process/stop-tree.ts';
import { type ProcessHost, type RunningProcess, startProcess } from '../adapters/process/supervise.ts';
import { temporaryVariables } from '../adapters/process/temporary-folder.ts';
import type { Processes, ShellRun } from '../services/ports/processes.ts';
import { openTemporary, removeStrayTemporaries, removeTemporary } from './attempt-temporary.ts';

const RECOVERY_GRACE_MS = 2000;

export const composeProcesses = (
  host: ProcessHost,
  environment: { readonly own: Readonly<Record<string, string | undefined>>; readonly added: Variables },
  marks: InstanceMarks,
): Processes => ({
  environment: (mark) =>
    executorEnvironment(
      environment.own,
      { ...environment.added, ...(mark === '' ? {} : temporaryVariables(mark)) },
      mark,
    ),
  openTemporary,
  removeTemporary,
  removeStrayTemporaries: () => removeStrayTemporaries(marks.attempts),
  stopMarked,
  stopStrays: () => stopAll(marksBeginningWith(marks.attempts)),
  stopLeftGit: () => stopAll(marksBeginningWith(marks.git).filter((mark) => mark !== marks.ownGit)),
  async runShell(run) {
    const started = await startProcess(host, {
      argv: ['/bin/sh', '-c', run.command],
      cwd: run.cwd,
      env: run.env,
      mark: run.mark,
      stdin: { kind: 'closed' },
      stdout: run.stdout,
      stderr: run.stderr,
    });
    if (!started.ok) return err({ sentence: started.error.message });
    const limits = limitRun(started.value, run);
    const exit = await started.value.exited;
    limits.clear();
    const { exitCode, signal, stoppedFor } = exit;
    return ok({
      exitCode,
      signal,
      timedOut: stoppedFor === 'timeout',
      wasStopped: stoppedFor === 'cancel',
      durationMs: exit.endedAtMs - exit.startedAtMs,
      problems: leftoverProblems(exit.leftovers),
    });
  },
});

/** What the marks of this instance begin with. */
interface InstanceMarks {
  readonly attempts: string;
  readonly git: string;
  /** The whole one of this daemon's own git commands. */
  readonly ownGit: string;
}

const marksBeginningWith = (prefix: string): readonly string[] => [
  ...new Set(findMarked(prefix).map(({ mark }) => mark)),
];

async function stopAll(marks: readonly string[]) {
  const reports = await Promise.all(marks.map(stopMarked));
  return {
    ended: reports.reduce((sum, { ended }) => sum + ended, 0),
    problems: reports.flatMap(({ problems }) => problems),
  };
}

async function stopMarked(mark: string) {
  const report = await stopTree({ leader: null, mark }, { graceMs: RECOVERY_GRACE_MS });
  const problems = leftoverProblems({ left: report.left, isOutputCut: false });
  return { ended: report.ended.length + report.killed.length, problems };
}

/** Ends the run when its time is up or its signal is aborted. */
function limitRun(process: RunningProcess, { timeoutMs, signal }: ShellRun) {
  const onAbort = () => void process.stop('cancel');
  const timer = setTimeout(() => void process.stop('timeout'), timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    clear(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
