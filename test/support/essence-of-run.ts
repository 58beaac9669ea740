import type { Activity, ToolCall } from '../../contract/activity.ts';
import type { Usage } from '../../contract/usage.ts';
import type { AgentFacts } from '../../main/daemon/adapters/executors/agent/agent-facts.ts';
import type { ExecutorVerdict } from '../../main/daemon/adapters/executors/executor.ts';

/** What matters of a run, in few words. */
export interface Essence {
  readonly comesTo: string;
  readonly summary: string;
  readonly terminal: string | null;
  /** Each call as it was last told: `Write: completed`, `Bash: failed (3)`. */
  readonly calls: readonly string[];
  /** Its kind and its words, the same one after another once. */
  readonly errors: readonly string[];
  /** `input/cached/output`, cost, basis. */
  readonly usage: string | null;
  readonly requests: number;
  readonly denials: number;
  readonly brokenCalls: number;
}

export interface UnderstoodRun {
  readonly facts: AgentFacts;
  readonly told: readonly Activity[];
  readonly verdict: ExecutorVerdict;
}

export function essenceOf({ facts, told, verdict }: UnderstoodRun): Essence {
  const { end, summary } = verdict;
  const errors = facts.errors.map(({ kind, text }) => `${kind}: ${text}`);
  return {
    comesTo: end.kind === 'failed' ? end.failureClass : end.kind,
    summary,
    terminal: facts.terminal,
    calls: callsIn(told),
    errors: errors.filter((error, at) => error !== errors[at - 1]),
    usage: facts.usage === null ? null : inWords(facts.usage),
    requests: facts.modelRequests,
    denials: facts.denials.length,
    brokenCalls: facts.brokenCalls,
  };
}

function callsIn(told: readonly Activity[]): readonly string[] {
  const calls = new Map<string, ToolCall>();
  for (const activity of told) {
    if (activity.kind === 'tool_call') calls.set(activity.callId, { ...calls.get(activity.callId), ...activity });
  }
  return [...calls.values()].map(({ name, tool, status, exitCode }) => {
    return `${name ?? tool ?? '?'}: ${status}${exitCode === undefined ? '' : ` (${exitCode})`}`;
  });
}

const inWords = ({ inputTokens, cachedInputTokens, outputTokens, costUsd, basis }: Usage): string =>
  `${inputTokens}/${cachedInputTokens}/${outputTokens}${costUsd === null ? '' : ` $${costUsd}`} ${basis}`;

/** Of a run in which nothing unusual happened; a test says what is different. */
export const usual = { errors: [], denials: 0, brokenCalls: 0, calls: [] } as const;
