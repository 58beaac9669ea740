import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startOnTerminal } from '../../../support/pty-cli.ts';
import { runCli } from '../../../support/run-cli.ts';
import { spawnCli } from '../../../support/spawn-cli.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const PROGRAM = join(import.meta.dirname, '../../../fixtures/programs/ask-like-claude.mjs');

/** An agent of whom `CLAUDE_BINARY` tells, and folders in which nothing is to be found afterwards. */
function scene(how = '') {
  const claude = join(temporaryFolder(), 'claude');
  writeFileSync(claude, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' ${how} "$@"\n`, { mode: 0o755 });
  const [HOME, TMPDIR] = [temporaryFolder(), temporaryFolder()];
  const env = { HOME, TMPDIR, CLAUDE_BINARY: claude, PRIVATE_TOKEN: 'of-the-person' };
  return { env, left: () => [...readdirSync(HOME), ...readdirSync(TMPDIR)] };
}

describe('codencer demo --agent', { timeout: 60_000 }, () => {
  it('shows what the agent does and asks, allows it, and leaves nothing', async () => {
    const { env, left } = scene();
    const run = spawnCli(['demo', '--agent', 'claude'], { env });
    expect(await run.ended).toEqual({ exitCode: 0, signal: null });
    const told = run.stderr();
    expect(told).toContain('No account is needed');
    expect(told).toContain('Claude Code asks for permission, and waits. This is gate gate-add-a-file-a1-p1:');
    expect(told).toMatch(/Change:\n\s+Written by the stand-in\./);
    expect(told).toContain('A person would now type:  codencer gate approve gate-add-a-file-a1-p1');
    const shown = run.stdout();
    expect(shown).toContain('gate approved');
    expect(shown).toContain('+Written by the stand-in.');
    expect(shown).toContain('your checkout: as it was; worktrees left: none');
    expect(shown).toContain('nothing is left: no process of Claude Code runs');
    expect(left()).toEqual([]);
  });

  it('gives the agent a home of its own and nothing of the person’s', async () => {
    const { env } = scene();
    const run = spawnCli(['demo', '--agent', 'claude'], { env });
    await run.ended;
    const [, home = '', names = ''] = /Home: (\S+)\. Told: (.*)\./.exec(run.stderr()) ?? [];
    expect(home).toMatch(new RegExp(`^${env.TMPDIR}/codencer-demo-\\w+/home$`));
    expect(names.split(' ')).toContain('DISABLE_TELEMETRY');
    expect(names.split(' ')).not.toContain('PRIVATE_TOKEN');
  });

  it('waits with --ask for the person’s own answer, and takes a no', async () => {
    const { env } = scene();
    const questions: string[] = [];
    const run = await runCli(['demo', '--agent', 'claude', '--ask'], {
      env: { ...env, PATH: process.env['PATH'] ?? '' },
      confirm: async (question) => questions.push(question) < 0,
    });
    expect([questions, run.exitCode]).toEqual([['→ May it?'], 0]);
    expect(run.stdout).toContain('gate rejected');
    expect(run.stdout).toContain('the person at the demo said no');
    expect(run.stdout).not.toContain('+Written');
  });

  it('takes its question back when it is answered in the dashboard, and believes that answer', async () => {
    const { env } = scene();
    const told: string[] = [];
    const run = await runCli(['demo', '--agent', 'claude', '--ask'], {
      env: { ...env, PATH: process.env['PATH'] ?? '' },
      onStderr: (text) => told.push(text),
      confirm: async (_question, signal) => {
        const [, cwd = ''] = /open --repo-root (.*)/.exec(told.join('')) ?? [];
        await spawnCli(['gate', 'approve', 'gate-add-a-file-a1-p1'], { cwd, env }).ended;
        if (signal !== undefined && !signal.aborted) await once(signal, 'abort');
        return false;
      },
    });
    expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('→ Answered elsewhere.')]);
    expect(run.stdout).toContain('gate approved');
  });

  it('takes Ctrl-C instead of an answer for no answer', async () => {
    const { env, left } = scene();
    const controller = new AbortController();
    const run = await runCli(['demo', '--agent', 'claude', '--ask'], {
      env: { ...env, PATH: process.env['PATH'] ?? '' },
      signal: controller.signal,
      confirm: async () => {
        controller.abort();
        return false;
      },
    });
    expect([run.exitCode, run.stdout]).toEqual([130, expect.stringMatching(/^nothing is left: /)]);
    expect(left()).toEqual([]);
  });

  it('says so when the agent did not ask', async () => {
    const run = spawnCli(['demo', '--agent', 'claude'], { env: scene('boldly').env });
    expect((await run.ended).exitCode).toBe(2);
    expect(run.stderr()).toContain('Claude Code should have asked first, and then have done it');
  });

  it('--keep leaves model and daemon up, says what to do with them, and ends both on Ctrl-C', async () => {
    const { env, left } = scene();
    const run = spawnCli(['demo', '--agent', 'claude', '--keep'], { env });
    await waitUntil(() => run.stderr().includes('codencer run list'));
    const [, repository = ''] = /^repository: (.*)$/m.exec(run.stdout()) ?? [];
    const [, model = ''] = /^model: (.*)$/m.exec(run.stdout()) ?? [];
    expect((await fetch(`${model}/v1/models`)).status).toBe(200);
    const submit = ['submit', '--new-run', '--adapter', 'demo', '--goal', 'again', '--json'];
    expect((await spawnCli(submit, { cwd: repository, env }).ended).exitCode).toBe(0);
    run.child.kill('SIGINT');
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    expect(existsSync(dirname(repository))).toBe(false);
    await expect(fetch(`${model}/v1/models`)).rejects.toThrow('fetch failed');
    expect(left()).toEqual([]);
  });

  it.each(['SIGHUP', 'SIGTERM'] as const)('--keep ends both on %s, also when it comes twice', async (signal) => {
    const { env, left } = scene();
    const run = spawnCli(['demo', '--agent', 'claude', '--keep'], { env });
    await waitUntil(() => run.stderr().includes('codencer run list'));
    run.child.kill(signal);
    run.child.kill(signal);
    expect(await run.ended).toEqual({ exitCode: 0, signal: null });
    expect(run.stdout()).toContain('nothing is left: ');
    expect(left()).toEqual([]);
  });

  it('--keep ends both when its terminal is closed', async () => {
    const { env, left } = scene();
    const { output, hangUp } = startOnTerminal(['demo', '--agent', 'claude', '--keep'], { cwd: env.HOME, env });
    await waitUntil(() => output().includes('codencer run list'));
    hangUp();
    await waitUntil(() => left().length === 0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('cleans up after itself on %s', async (signal) => {
    const { env, left } = scene();
    const run = spawnCli(['demo', '--agent', 'claude'], { env });
    await waitUntil(() => run.stderr().includes('→ giving it a task'));
    run.child.kill(signal);
    expect(await run.ended).toMatchObject({ exitCode: 130 });
    expect(left()).toEqual([]);
  });

  it('says what a machine without git lacks', async () => {
    const { env, left } = scene();
    const run = spawnCli(['demo', '--agent', 'claude'], { env: { ...env, PATH: temporaryFolder() } });
    expect([(await run.ended).exitCode, left()]).toEqual([5, []]);
    expect(run.stderr()).toContain('See what this machine lacks: codencer doctor');
  });

  it.each([
    [['--agent', 'cluade'], 'the demo knows no agent "cluade": did you mean claude?'],
    [['--agent', 'x1'], 'the demo knows no agent "x1": one of codex, claude, opencode, gemini, qwen'],
    [['--agent', 'claude', '--ask'], '--ask needs a terminal, where somebody can answer'],
    [['--install'], '--ask and --install belong to --agent'],
    [['--json'], 'it has no document for --json'],
    [['--agent', 'claude', '--json'], 'it has no document for --json'],
  ])('demo %s is refused', async (args, sentence) => {
    const run = await runCli(['demo', ...args]);
    expect([run.exitCode, run.stderr + run.stdout]).toEqual([1, expect.stringContaining(sentence)]);
  });
});
