import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PermissionAnswer } from '../../contract/permission.ts';
import { type ScriptedModel, startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { codexAppServerDriver } from '../../main/daemon/adapters/executors/codex/app-server.ts';
import { codexExecDriver } from '../../main/daemon/adapters/executors/codex/exec.ts';
import { waitUntil } from '../support/wait-until.ts';
import { outsideLookups } from './lookup-recorder.ts';
import { type ExecutorScene, runExecutor } from './run-executor.ts';

let model: ScriptedModel;
beforeAll(async () => {
  model = await startScriptedModel();
});
afterAll(() => model.close());

const DRIVERS = [codexExecDriver, codexAppServerDriver] as const;
const play = (scene: Omit<ExecutorScene, 'program' | 'model'>) => runExecutor({ program: 'codex', model, ...scene });
const textOf = (folder: string) => readFileSync(join(folder, 'hello.txt'), 'utf8');
const CONTENT = 'Written by the scripted model.\n';

describe.each(DRIVERS)('codex $transport', (driver) => {
  it('edits a file, tells of it, and leaves nobody and nothing behind', async () => {
    const lookups = outsideLookups().length;
    const { run, worktree, told, alive, folder } = await play({ driver, scenario: 'write' });
    const outcome = await run.ended;
    expect(outcome).toMatchObject({
      end: { kind: 'completed' },
      summary: 'Done: hello.txt is written.',
      usage: { inputTokens: 2400, cachedInputTokens: 400, outputTokens: 68, costUsd: null },
      leftoverCount: 0,
      problems: [],
    });
    expect(outcome.session).toMatch(/^[0-9a-f-]{36}$/);
    expect(readdirSync(worktree)).toEqual(['hello.txt']);
    expect(textOf(worktree)).toBe(CONTENT);
    expect(told).toContainEqual({ kind: 'file_change', path: 'hello.txt', change: 'add' });
    expect(alive()).toEqual([]);
    // The sandbox of Codex keeps an empty folder for each user of the machine.
    const temporary = readdirSync(join(folder, 'agent/tmp')).filter((name) => !name.startsWith('codex-bwrap-'));
    expect(temporary).toEqual([]);
    expect(outsideLookups().slice(lookups)).toEqual([]);
  });

  it('shows no prompt in its arguments', async () => {
    const { run } = await play({ driver, scenario: 'text' });
    expect(run.invocation?.argv.join(' ')).not.toContain('WRITE_FILE');
    expect((await run.ended).end.kind).toBe('completed');
  });

  it('is cancelled in a tool, and nobody is alive', async () => {
    const profile = { sandbox: 'danger-full-access' };
    const { run, worktree, alive } = await play({ driver, scenario: 'long-shell', profile });
    await waitUntil(() => existsSync(join(worktree, 'hello.txt')));
    const startedAt = performance.now();
    run.stop('cancel');
    expect((await run.ended).end).toEqual({ kind: 'stopped', reason: 'cancel' });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(alive()).toEqual([]);
  });

  it('says what the server answered', async () => {
    const { run } = await play({ driver, scenario: 'http-400' });
    const { end, summary } = await run.ended;
    expect([end, summary]).toEqual([
      { kind: 'failed', failureClass: 'model_failed' },
      'The scripted model answers 400.',
    ]);
  });

  it('says that nobody is logged in, or that there is no room', async () => {
    const refused = await play({ driver, scenario: 'http-401' });
    expect((await refused.run.ended).end).toEqual({ kind: 'failed', failureClass: 'auth_failed' });
    const busy = await play({ driver, scenario: 'http-429' });
    expect((await busy.run.ended).end).toEqual({ kind: 'failed', failureClass: 'rate_limited' });
    expect(busy.told.some(({ kind }) => kind === 'retry')).toBe(true);
  });

  it('does not take a broken call for work', async () => {
    const { run } = await play({ driver, scenario: 'bad-tool' });
    const { end, ifUnchanged } = await run.ended;
    expect(end.kind).toBe('completed');
    expect(ifUnchanged?.end).toEqual({ kind: 'failed', failureClass: 'model_failed' });
  });

  it('does not take a denied write for work', async () => {
    const task = { askPermission: async (): Promise<PermissionAnswer> => ({ answer: 'reject', reason: 'no' }) };
    const { run, worktree } = await play({ driver, scenario: 'write', profile: { sandbox: 'read-only' }, task });
    expect((await run.ended).ifUnchanged?.end).toEqual({ kind: 'failed', failureClass: 'permission_denied' });
    expect(readdirSync(worktree)).toEqual([]);
  });

  it('goes on with a session in another worktree, and counts only what is new', async () => {
    const first = await play({ driver, scenario: 'sessions', task: { prompt: 'REMEMBER=apple WRITE_FILE=a' } });
    const { session, usage } = await first.run.ended;
    const second = await play({
      driver,
      scenario: 'sessions',
      home: first.home,
      task: { resumeSession: session, message: 'REMEMBER=pear WRITE_FILE=b' },
    });
    const outcome = await second.run.ended;
    expect(outcome.summary).toBe('Asked to remember so far: apple, pear.');
    expect(outcome.session).toBe(session);
    expect(outcome.usage).toEqual({ ...usage, basis: 'corrected' });
  });

  it('says in words that a session is not there', async () => {
    const { run } = await play({
      driver,
      scenario: 'text',
      task: { resumeSession: '01a2001f-0000-7000-8000-000000000000' },
    });
    const { end, summary } = await run.ended;
    expect(end).toEqual({ kind: 'failed', failureClass: 'adapter_failed' });
    expect(summary).toContain('no rollout found');
  });

  it('is ended when its model never answers', async () => {
    const { run, alive } = await play({ driver, scenario: 'hang', profile: { limits: { idleSeconds: 3 } } });
    expect((await run.ended).end).toEqual({ kind: 'failed', failureClass: 'no_progress' });
    expect(alive()).toEqual([]);
  });
});

describe('codex app-server asks', () => {
  const driver = codexAppServerDriver;
  const answering = (answer: PermissionAnswer) => ({ askPermission: async () => answer });

  it('about a command, in full, and runs it when it may', async () => {
    const task = answering({ answer: 'allow', scope: 'once' });
    const { run, asked, worktree } = await play({ driver, scenario: 'escalate', task });
    expect((await run.ended).end).toEqual({ kind: 'completed' });
    expect(asked).toMatchObject([{ tool: 'shell', toolKind: 'execute', cwd: worktree }]);
    expect(asked[0]?.command).toContain('Written by the scripted model.');
    expect(textOf(worktree)).toBe(CONTENT);
  });

  it('about a file, with what it would write', async () => {
    const task = answering({ answer: 'allow', scope: 'attempt' });
    const { run, asked, worktree } = await play({ driver, scenario: 'write', profile: { sandbox: 'read-only' }, task });
    expect((await run.ended).end).toEqual({ kind: 'completed' });
    expect(asked).toMatchObject([{ tool: 'apply_patch', toolKind: 'edit', paths: ['hello.txt'] }]);
    expect(asked[0]?.diff).toContain('Written by the scripted model.');
    expect(textOf(worktree)).toBe(CONTENT);
  });

  it('and does not do what it may not', async () => {
    const task = answering({ answer: 'reject', reason: 'not today' });
    const { run, asked, worktree } = await play({ driver, scenario: 'escalate', task });
    const { ifUnchanged } = await run.ended;
    expect(ifUnchanged?.end).toEqual({ kind: 'failed', failureClass: 'permission_denied' });
    expect(asked).toHaveLength(1);
    expect(readdirSync(worktree)).toEqual([]);
  });

  it('and is cancelled while it waits', async () => {
    const { run, asked, worktree, alive } = await play({ driver, scenario: 'escalate' });
    await waitUntil(() => asked.length > 0);
    run.stop('cancel');
    expect((await run.ended).end).toEqual({ kind: 'stopped', reason: 'cancel' });
    expect(readdirSync(worktree)).toEqual([]);
    expect(alive()).toEqual([]);
  });
});
