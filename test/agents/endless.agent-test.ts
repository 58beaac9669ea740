import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { acpDriver } from '../../main/daemon/adapters/executors/acp/acp.ts';
import { claudeDriver } from '../../main/daemon/adapters/executors/claude/claude.ts';
import { geminiDriver } from '../../main/daemon/adapters/executors/gemini/gemini.ts';
import { ANSWERS } from '../support/converse-with.ts';
import { GEMINI_MODEL } from './headless.ts';
import { type ExecutorScene, runExecutor } from './run-executor.ts';

let model: ScriptedModel;
beforeAll(async () => {
  model = await startScriptedModel();
});
afterAll(() => model.close());

type Circling = readonly [name: string, agent: Pick<ExecutorScene, 'driver' | 'program' | 'profile'>, summary: RegExp];

/** Some find it out by themselves. */
const AGENTS: readonly Circling[] = [
  [
    'claude',
    { driver: claudeDriver, program: 'claude', profile: { model: 'claude-scripted-model' } },
    /^The agent called the same tool 25 times in a row/,
  ],
  [
    'gemini',
    { driver: geminiDriver, program: 'gemini', profile: { model: GEMINI_MODEL, sandbox: 'yolo' } },
    /^Loop detected, stopping execution$/,
  ],
  [
    'acp-qwen',
    {
      driver: acpDriver,
      program: 'qwen',
      profile: { args: ['--acp', '--auth-type', 'openai', '-m', 'scripted-model'], sandbox: 'default' },
    },
    /^The agent called the same tool 25 times in a row/,
  ],
];

describe('AGENT-6: an agent whose model calls the same tool for ever', () => {
  it.each(AGENTS)('%s: is ended, and nobody is alive', { timeout: 90_000 }, async (_, agent, summary) => {
    const task = { askPermission: async () => ANSWERS.allow };
    const { run, alive } = await runExecutor({ ...agent, model, scenario: 'endless-tools', task });
    const outcome = await run.ended;
    expect(outcome.end).toEqual({ kind: 'failed', failureClass: 'request_loop' });
    expect(outcome.summary).toMatch(summary);
    expect(alive()).toEqual([]);
  });
});

/** It says nothing of that over this protocol but in its log. */
const OPENCODE = { driver: acpDriver, program: 'opencode', profile: { args: ['acp', '--pure'] } } as const;

describe('AGENT-6, ACP-11: opencode, whose service answers with nothing that it understands', () => {
  it.each(['empty', 'html', 'truncated'])('%s: is ended within a minute, and nobody is alive', async (scenario) => {
    const startedAt = performance.now();
    const task = { askPermission: async () => ANSWERS.allow };
    const { run, alive } = await runExecutor({ ...OPENCODE, model, scenario, task });
    const outcome = await run.ended;
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect(outcome.end).toEqual({ kind: 'failed', failureClass: 'request_loop' });
    expect(outcome.summary).toBe('The agent asked its model 8 times in a row and nothing came of it');
    expect(alive()).toEqual([]);
  });
});
