import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentListener } from '../../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { codexAppServerDriver } from '../../../../../../main/daemon/adapters/executors/codex/app-server.ts';
import { codexExecDriver } from '../../../../../../main/daemon/adapters/executors/codex/exec.ts';
import { isLoggedIn } from '../../../../../../main/daemon/adapters/executors/codex/login.ts';
import { usedBefore } from '../../../../../../main/daemon/adapters/executors/codex/used-before.ts';
import type { ExecutorTask } from '../../../../../../main/daemon/adapters/executors/executor.ts';
import { agentProfile, agentTask } from '../../../../../support/agent-task.ts';
import { failureOf, successOf } from '../../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../../support/temporary-folder.ts';

const listener: AgentListener = {
  signal: () => undefined,
  askPermission: async () => ({ answer: 'cancelled' }),
  finish: () => undefined,
};

const DRIVERS = { exec: codexExecDriver, 'app-server': codexAppServerDriver };

function launch(transport: keyof typeof DRIVERS, profile: object = {}, task: Partial<ExecutorTask> = {}) {
  return DRIVERS[transport].launch({
    task: { ...agentTask().task, worktreePath: '/tree', prompt: 'the prompt', ...task },
    profile: agentProfile({ transport, ...profile }),
    program: ['/bin/codex', 'first'],
    listener,
  });
}

describe('a run of Codex', () => {
  it('CODEX-1, CODEX-2: exec gets its prompt on stdin, and a sandbox', async () => {
    const { argv, stdin } = successOf(await launch('exec'));
    expect(argv).toEqual([
      '/bin/codex',
      'first',
      'exec',
      '--json',
      '--skip-git-repo-check',
      '-C',
      '/tree',
      '--sandbox',
      'workspace-write',
      '-c',
      'approval_policy="never"',
      '-',
    ]);
    expect(stdin).toEqual({ kind: 'bytes', bytes: Buffer.from('the prompt') });
  });

  it('CODEX-2: model, sandbox and arguments are those of the profile', async () => {
    const profile = { model: 'gpt-x', sandbox: 'read-only', args: ['--oss'] };
    const { argv } = successOf(await launch('exec', profile));
    expect(argv.slice(7)).toEqual([
      '--sandbox',
      'read-only',
      '-c',
      'approval_policy="never"',
      '--model',
      'gpt-x',
      '--oss',
      '-',
    ]);
    expect(successOf(await launch('app-server', profile)).argv).toEqual(['/bin/codex', 'first', 'app-server', '--oss']);
  });

  it.each(['exec', 'app-server'] as const)(
    'CODEX-2: %s is not started with a sandbox that Codex does not know',
    async (one) => {
      const { summary } = failureOf(await launch(one, { sandbox: 'plan' }));
      expect(summary).toBe('Codex knows no sandbox "plan"; one of: read-only, workspace-write, danger-full-access');
    },
  );

  it('CODEX-3: exec goes on with a session, and is told the message', async () => {
    const task = { resumeSession: 't-1', message: 'the answer' };
    const { argv, stdin } = successOf(await launch('exec', {}, task));
    expect(argv.slice(-3)).toEqual(['resume', 't-1', '-']);
    expect(stdin).toEqual({ kind: 'bytes', bytes: Buffer.from('the answer') });
  });
});

describe('the folder of Codex', () => {
  const record = (total: number) =>
    JSON.stringify({
      type: 'event_msg',
      payload: {
        type: 'token_count',
        info: { total_token_usage: { input_tokens: total, cached_input_tokens: 1, output_tokens: 2 } },
      },
    });

  it('CODEX-5: tells what a thread had used', async () => {
    const home = temporaryFolder();
    const day = join(home, 'sessions/2026/11/21');
    mkdirSync(day, { recursive: true });
    const noCount = '{"type":"event_msg","payload":{"type":"token_count","info":null}}';
    const lines = [record(100), 'no json', record(250), noCount, '{"type":"response_item"}'];
    writeFileSync(join(day, 'rollout-2026-11-21T10-00-00-t-1.jsonl'), lines.join('\n'));
    expect(await usedBefore(home, 't-1')).toEqual({ input_tokens: 250, cached_input_tokens: 1, output_tokens: 2 });
    expect(await usedBefore(home, 't-2')).toBeNull();
    expect(await usedBefore(join(home, 'nowhere'), 't-1')).toBeNull();
    expect(await usedBefore(home, null)).toEqual({ input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 });
  });

  it('CODEX-10: tells whether somebody is logged in', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.codex'));
    expect(await isLoggedIn({ HOME: home })).toBe(false);
    expect(await isLoggedIn({ HOME: home, OPENAI_API_KEY: '' })).toBe(false);
    expect(await isLoggedIn({ HOME: home, CODEX_API_KEY: 'k' })).toBe(true);
    expect(await isLoggedIn({ HOME: home, OPENAI_API_KEY: 'k' })).toBe(true);
    const config = join(home, '.codex/config.toml');
    writeFileSync(config, '# model_provider = "x"\nmodel = "gpt"\n');
    expect(await isLoggedIn({ HOME: home })).toBe(false);
    for (const line of ['model_provider = "mine"', '[model_providers.mine]\n  env_key = "MY_KEY"']) {
      writeFileSync(config, `model = "gpt"\n${line}\n`);
      expect(await isLoggedIn({ HOME: home })).toBeNull();
    }
    writeFileSync(join(home, '.codex/auth.json'), '{}');
    expect(await isLoggedIn({ HOME: home })).toBe(true);
    expect(await isLoggedIn({ HOME: home, CODEX_HOME: join(home, 'other') })).toBe(false);
  });
});
