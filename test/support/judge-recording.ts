import type { Activity } from '../../contract/activity.ts';
import type { AgentSignal } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { type AgentFacts, addSignal, noFacts } from '../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { judgeRun } from '../../main/daemon/adapters/executors/agent/judge-run.ts';
import type { OutcomeRow } from '../../main/daemon/adapters/executors/agent/outcome-table.ts';
import type { ExecutorVerdict } from '../../main/daemon/adapters/executors/executor.ts';
import type { AgentRecording } from './agent-recordings.ts';

export interface StreamReader {
  readonly rows: readonly OutcomeRow[];
  readonly readLine: (line: string) => readonly AgentSignal[];
  readonly readErrorLine: (line: string) => readonly AgentSignal[];
}

export interface JudgedRecording {
  readonly facts: AgentFacts;
  readonly told: readonly Activity[];
  /** For the worktree as the recording left it. */
  readonly verdict: ExecutorVerdict;
}

/** What a recorded run comes to, without any program. */
export function judgeRecording(recording: AgentRecording, { rows, readLine, readErrorLine }: StreamReader) {
  const { lines, stderrTail, exitCode, signal, isFileWritten } = recording;
  const signals = [...lines.flatMap(readLine), ...stderrTail.split('\n').flatMap(readErrorLine)];
  const facts = signals.reduce(addSignal, noFacts);
  const told = signals.flatMap((one) => (one.of === 'activity' ? [one.activity] : []));
  const judged = judgeRun({ rows, facts, exit: { exitCode, signal }, trip: null, stoppedFor: null });
  const { end, summary } = isFileWritten ? judged : (judged.ifUnchanged ?? judged);
  return { facts, told, verdict: { end, summary } } satisfies JudgedRecording;
}
