import { err, ok } from '../../../contract/result.ts';
import { findMarked } from '../adapters/process/environment-mark.ts';
import { executorEnvironment } from '../adapters/process/executor-environment.ts';
import { stopTree } from '../adapters/process/stop-tree.ts';
import {
  type ProcessExit,
  type ProcessHost,
  type RunningProcess,
  startProcess,
} from '../adapters/process/supervise.ts';
import type { Processes, ShellRun } from '../services/ports.ts';

const RECOVERY_GRACE_MS = 2000;

export const composeProcesses = (
  host: ProcessHost,
  ownEnvironment: Readonly<Record<string, string | undefined>>,
  markPrefix: string,
): Processes => ({
  environment: (mark) => executorEnvironment(ownEnvironment, {}, mark),
  stopMarked,
  async stopStrays() {
    const marks = new Set(findMarked(markPrefix).map(({ mark }) => mark));
    const reports = await Promise.all([...marks].map(stopMarked));
    return {
      ended: reports.reduce((sum, { ended }) => sum + ended, 0),
      left: reports.flatMap(({ left }) => left),
    };
  },
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
    const timedOut = limits.clear();
    const durationMs = exit.endedAtMs - exit.startedAtMs;
    return ok({ exitCode: exit.exitCode, signal: exit.signal, timedOut, durationMs, problems: problemsOf(exit) });
  },
});

async function stopMarked(mark: string) {
  const report = await stopTree({ leader: null, mark }, { graceMs: RECOVERY_GRACE_MS });
  return { ended: report.ended.length + report.killed.length, left: report.left };
}

function problemsOf({ leftovers }: ProcessExit): readonly string[] {
  const { left, isOutputCut } = leftovers;
  return [
    ...(left.length > 0 ? [`still alive after the sweep: ${left.join(', ')}`] : []),
    ...(isOutputCut ? ['somebody outside keeps its output open, so the end of it is missing'] : []),
  ];
}

/** Ends the run when its time is up or its signal is aborted. */
function limitRun(process: RunningProcess, { timeoutMs, signal }: ShellRun) {
  let timedOut = false;
  const onAbort = () => void process.stop('cancel');
  const onTimeout = () => {
    timedOut = true;
    void process.stop('timeout');
  };
  const timer = setTimeout(onTimeout, timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return {
    clear(): boolean {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return timedOut;
    },
  };
}
