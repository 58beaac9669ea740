import { join } from 'node:path';
import { ExecutorProfile } from '../../contract/executor-profile.ts';
import { ok } from '../../contract/result.ts';
import type { AgentDriver, AgentSignal } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { createAgentExecutor } from '../../main/daemon/adapters/executors/agent/run-agent.ts';
import type { CanResume, Executor, ExecutorTask } from '../../main/daemon/adapters/executors/executor.ts';
import type { ProcessHost } from '../../main/daemon/adapters/process/supervise.ts';

/** What `speak-script.mjs` does, one after the other. */
export type SpokenOrder =
  | { readonly say: AgentSignal }
  | { readonly print: string }
  | { readonly write: readonly [path: string, text: string] }
  | { readonly flood: readonly [count: number, signal: AgentSignal] }
  | { readonly until: string }
  | { readonly exit: number };

export type Script = readonly SpokenOrder[];

export interface SpeakingAgent {
  /** A new one for each attempt. */
  readonly script: (task: ExecutorTask) => Script;
  readonly canResume?: CanResume;
}

const PROGRAM = join(import.meta.dirname, '..', 'fixtures', 'programs', 'speak-script.mjs');

/** An agent of the real runtime whose program says what a test wants, in signals word for word. */
export function createSpeakingAgent(host: ProcessHost, { script, canResume = false }: SpeakingAgent): Executor {
  const driver: AgentDriver = {
    agent: 'codex',
    transport: 'exec',
    canAsk: false,
    canResume,
    programNames: [],
    programVariable: null,
    isLoggedIn: async () => null,
    outcomes: [
      { rule: 'SPEAK-1', when: { terminal: ['done'] }, comesTo: 'completed', because: null },
      { rule: 'SPEAK-2', when: {}, comesTo: 'adapter_failed', because: null },
    ],
    launch: async ({ task, program, listener }) =>
      ok({
        argv: [...program],
        env: { SCRIPT: JSON.stringify(script(task)) },
        stdin: { kind: 'bytes', bytes: Buffer.from(task.message ?? task.prompt) },
        conversation: { onLine: (line) => listener.signal(JSON.parse(line)) },
      }),
  };
  const profile = ExecutorProfile.parse({ name: 'codex', agent: 'codex', transport: 'exec' });
  const located = ok({ program: [process.execPath, PROGRAM], version: '1' } as const);
  return createAgentExecutor({ host, driver, profile, profileHash: 'f'.repeat(64), locate: async () => located });
}

export const says = (activity: Extract<AgentSignal, { of: 'activity' }>['activity']): SpokenOrder => ({
  say: { of: 'activity', activity },
});
export const saysDone: SpokenOrder = { say: { of: 'terminal', word: 'done' } };
