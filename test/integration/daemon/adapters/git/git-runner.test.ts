import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGitRunner } from '../../../../../main/daemon/adapters/git/git-runner.ts';
import { createPlainRepository } from '../../../../support/git-sandbox.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const git = createGitRunner({ environment: process.env });

/** A program in place of git. */
function program(folder: string, lines: readonly string[]): string {
  const file = join(folder, 'git-stand-in');
  writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('running git', () => {
  it('GIT-1 passes on what a child needs to start, and nothing that could steer git', async () => {
    const folder = temporaryFolder();
    const binary = program(folder, ['env']);
    const environment = {
      ...process.env,
      GIT_DIR: '/elsewhere',
      GIT_TRACE: '1',
      EDITOR: 'vi',
      SECRET: 'x',
      LC_ALL: 'de_DE',
    };
    const run = createGitRunner({ environment, binary });
    const lines = successOf(await run({ args: ['x'], cwd: folder }))
      .stdout.toString()
      .split('\n');
    const names = lines.map((line) => line.split('=')[0]);
    expect(names).not.toContain('GIT_DIR');
    expect(names).not.toContain('GIT_TRACE');
    expect(names).not.toContain('EDITOR');
    expect(names).not.toContain('SECRET');
    expect(lines).toEqual(expect.arrayContaining(['LC_ALL=C', 'GIT_TERMINAL_PROMPT=0', 'GIT_CONFIG_GLOBAL=/dev/null']));
    expect(lines).toEqual(expect.arrayContaining(['GIT_CONFIG_NOSYSTEM=1', 'GIT_ALLOW_PROTOCOL=none']));
  });

  it('GIT-1 lets the settings of the user count only where that is asked for', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = From home\n');
    const run = createGitRunner({ environment: { ...process.env, HOME: home } });
    const ask = { args: ['config', '--get', 'user.name'], cwd: home, okExitCodes: [0, 1] };
    expect(successOf(await run(ask)).stdout.toString()).toBe('');
    expect(successOf(await run({ ...ask, readsUserSettings: true })).stdout.toString()).toBe('From home\n');
  });

  it('GIT-2 takes and gives bytes', async () => {
    const root = createPlainRepository(join(temporaryFolder(), 'repo'), { a: 'a' });
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const written = successOf(await git({ args: ['hash-object', '-w', '--stdin'], cwd: root, input: bytes }));
    const id = written.stdout.toString().trim();
    expect(successOf(await git({ args: ['cat-file', 'blob', id], cwd: root })).stdout.equals(bytes)).toBe(true);
  });

  it('GIT-2 passes arguments on as they are', async () => {
    const folder = temporaryFolder();
    const binary = program(folder, ['for word in "$@"; do printf "%s\\n" "$word"; done']);
    const run = createGitRunner({ environment: process.env, binary });
    const args = ['show', '$(touch canary)', '`x`', '; y', "a'b", 'c"d', ''];
    const stdout = successOf(await run({ args, cwd: folder })).stdout.toString();
    expect(stdout.split('\n').slice(-args.length - 1, -1)).toEqual(args);
  });

  it('GIT-3 says what ran, where, and how it ended', async () => {
    const root = createPlainRepository(join(temporaryFolder(), 'repo'), { a: 'a' });
    const failure = failureOf(await git({ args: ['rev-parse', '--verify', 'nowhere'], cwd: root }));
    expect(failure).toMatchObject({
      code: 'git_failed',
      command: expect.stringMatching(/^\/.*\/git$/),
      args: ['rev-parse', '--verify', 'nowhere'],
      cwd: root,
      exitCode: 128,
      message: 'git rev-parse: fatal: Needed a single revision',
    });
    expect(failure.stderrTail).toContain('Needed a single revision');
  });

  it('GIT-3 takes an exit code for an answer where it is one', async () => {
    const folder = temporaryFolder();
    const ask = { args: ['config', '--file', '/dev/null', '--get', 'no.such'], cwd: folder };
    expect(successOf(await git({ ...ask, okExitCodes: [0, 1] })).exitCode).toBe(1);
    expect(failureOf(await git(ask)).exitCode).toBe(1);
  });

  it('GIT-3 tells a missing git', async () => {
    const run = createGitRunner({ environment: process.env, binary: '/nonexistent/git' });
    expect(failureOf(await run({ args: ['--version'], cwd: '/' }))).toMatchObject({
      code: 'git_missing',
      exitCode: null,
    });
  });

  it('GIT-3 tells a folder that is not there', async () => {
    expect(failureOf(await git({ args: ['status'], cwd: '/nonexistent' })).code).toBe('git_failed');
  });

  it('GIT-3 stops what takes too long, and what is aborted', async () => {
    const folder = temporaryFolder();
    const run = createGitRunner({ environment: process.env, binary: program(folder, ['exec sleep 60']) });
    expect(failureOf(await run({ args: ['x'], cwd: folder, timeoutMs: 100 })).code).toBe('git_timed_out');
    const controller = new AbortController();
    const pending = run({ args: ['x'], cwd: folder, signal: controller.signal });
    controller.abort();
    expect(failureOf(await pending).code).toBe('git_aborted');
    expect(failureOf(await run({ args: ['x'], cwd: folder, signal: AbortSignal.abort() })).code).toBe('git_aborted');
  });

  it('GIT-4 runs more than five at a time', async () => {
    const folder = temporaryFolder();
    const turnstile = join(folder, 'turnstile');
    // Each waits for all eight to have begun: behind a limit none would end.
    const lines = [
      `mkdir -p ${turnstile}; : > ${turnstile}/$2`,
      `until [ "$(ls ${turnstile} | wc -l)" -ge 8 ]; do sleep 0.01; done`,
    ];
    const binary = program(folder, ['for last; do :; done; set -- x "$last"', ...lines]);
    const run = createGitRunner({ environment: process.env, binary });
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => run({ args: [`${index}`], cwd: folder, timeoutMs: 10_000 })),
    );
    expect(all.every(({ ok }) => ok)).toBe(true);
  });
});
