import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../contract/result.ts';
import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import type { AgentDriver } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { createAgentExecutor } from '../../main/daemon/adapters/executors/agent/run-agent.ts';
import type { ExecutorRun, ExecutorTask } from '../../main/daemon/adapters/executors/executor.ts';
import { markVariable } from '../../main/daemon/adapters/process/environment-mark.ts';
import { findFamily } from '../../main/daemon/adapters/process/process-family.ts';
import { type AgentTask, agentProfile, agentTask } from '../support/agent-task.ts';
import { successOf } from '../support/success-of.ts';
import { agentFor } from './agent-for.ts';
import type { ProgramName } from './programs.ts';

export interface ExecutorScene {
  readonly driver: AgentDriver;
  readonly program: ProgramName;
  readonly scenario: string;
  readonly model: ScriptedModel;
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly task?: Partial<ExecutorTask>;
  readonly canAsk?: boolean;
  /** An agent's home from an earlier run, for its sessions. */
  readonly home?: string;
}

export interface ExecutorPlay extends AgentTask {
  readonly run: ExecutorRun;
  readonly worktree: string;
  readonly home: string;
  /** What is alive of it. */
  readonly alive: () => readonly number[];
}

/** One of our executors with the vendor's own program, in a folder of its own, without a daemon around it. */
export async function runExecutor(scene: ExecutorScene): Promise<ExecutorPlay> {
  const { driver, model, scenario } = scene;
  const given = agentTask(scene.task);
  const home = scene.home ?? join(given.folder, 'agent');
  const worktree = join(given.folder, 'worktree');
  for (const path of [home, worktree]) mkdirSync(path, { recursive: true });
  const agent = agentFor(scene.program, {
    scenario,
    model,
    folder: home,
    canAsk: scene.canAsk ?? false,
    maxRetries: 1,
  });
  const profile = agentProfile({ agent: driver.agent, transport: driver.transport, ...scene.profile });
  const executor = createAgentExecutor({
    host: given.host,
    driver,
    profile,
    profileHash: 'hash',
    locate: async () => ok({ program: [agent.program, ...agent.argvPrefix], version: null }),
  });
  const { mark } = given.task;
  const run = successOf(
    await executor.start({
      ...given.task,
      worktreePath: worktree,
      env: { ...agent.env, [markVariable]: mark },
    }),
  );
  const alive = () => findFamily({ leader: null, mark }, new Set()).members.map(({ pid }) => pid);
  return { ...given, run, worktree, home, alive };
}
