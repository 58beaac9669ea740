import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type HookEnd,
  type HookRun,
  type ProvisioningOrder,
  provisionWorktree,
} from '../../../../../main/daemon/adapters/provisioning/provision.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

interface Plan {
  readonly copy?: readonly string[];
  readonly symlinks?: readonly string[];
  readonly hooks?: { readonly post_create: string };
}

const completed: HookEnd = { exitCode: 0, signal: null, timedOut: false, output: '' };

/** A repository, a worktree within its state folder, and a way to provision the one from the other. */
function prepare() {
  const repoRoot = temporaryFolder();
  const worktree = join(repoRoot, '.codencer/workspace/wt');
  mkdirSync(worktree, { recursive: true });
  const write = (path: string, text = path) => {
    mkdirSync(dirname(join(repoRoot, path)), { recursive: true });
    writeFileSync(join(repoRoot, path), text);
  };
  const provision = (plan: Plan, change: Partial<ProvisioningOrder> = {}) => {
    write('.codencer/workspace.json', JSON.stringify({ provisioning: plan }));
    return provisionWorktree({
      repoRoot,
      worktree,
      environment: { A: 'b' },
      hookTimeoutMs: 5000,
      signal: new AbortController().signal,
      clock: () => 0,
      redact: (text) => text,
      runHook: async () => completed,
      ...change,
    });
  };
  return { repoRoot, worktree, write, provision };
}

describe('provisionWorktree', () => {
  it('does nothing when nothing is declared', async () => {
    const { provision } = prepare();
    const nothing = { success: true, summary: '', log: [], environmentFiles: [], symlinks: [], durationMs: 0 };
    expect(await provision({})).toEqual(nothing);
  });

  it('copies, links and runs the hook, in this order (PROV-3)', async () => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('.env', 'KEY=1');
    write('node_modules/a/index.js');
    const times = [1000, 1250.6];
    const record = await provision(
      { copy: ['.env'], symlinks: ['node_modules'], hooks: { post_create: 'make it' } },
      { clock: () => times.shift() ?? 0, runHook: async () => ({ ...completed, output: 'visible\n' }) },
    );
    expect(record).toEqual({
      success: true,
      summary: '',
      log: ['[COPY] .env', '[SYMLINK] node_modules', '[HOOK] make it', 'visible\n'],
      durationMs: 251,
      environmentFiles: ['.env'],
      symlinks: ['node_modules'],
      postCreateHook: 'make it',
      hookStatus: 'success',
    });
    expect(readFileSync(join(worktree, '.env'), 'utf8')).toBe('KEY=1');
    expect(readlinkSync(join(worktree, 'node_modules'))).toBe(join(repoRoot, 'node_modules'));
    expect(readFileSync(join(worktree, 'node_modules/a/index.js'), 'utf8')).toBe('node_modules/a/index.js');
  });

  it('fails with the sentence of a source that cannot be understood (PROV-2)', async () => {
    const { provision, repoRoot } = prepare();
    writeFileSync(join(repoRoot, 'grove.yaml'), 'a: [');
    const record = await provision({ copy: ['x'] });
    expect([record.success, record.log]).toEqual([false, []]);
    expect(record.summary).toMatch(/^grove\.yaml:1:\d+: /);
  });

  it('lists only what was done when it fails (PROV-3)', async () => {
    const { provision, write } = prepare();
    write('.env');
    const record = await provision({ copy: ['.env', 'gone', 'later'], hooks: { post_create: 'never' } });
    expect(record).toMatchObject({
      success: false,
      summary: 'Copy failed: cannot use "gone": it is not in the repository',
      log: ['[COPY] .env', '[COPY] gone'],
      environmentFiles: ['.env'],
    });
    expect(record.postCreateHook).toBeUndefined();
  });

  it.each([
    ['../outside.txt', 'leads upward'],
    ['a/../../x', 'leads upward'],
    ['/etc/passwd', 'is absolute'],
    ['', 'is empty'],
    ['.', 'it is the repository itself'],
    ['./', 'it is the repository itself'],
    ['.git/config', '.git is not for executors'],
    ['./.GIT', '.git is not for executors'],
    ['.codencer', '.codencer is not for executors'],
    ['.codencer/token', '.codencer is not for executors'],
    ['alias', '.codencer is not for executors'],
    ['out', 'leads out of'],
    ['out/passwd', 'leads out of'],
    ['gone', 'it is not in the repository'],
    ['dangling', 'leads nowhere'],
  ])('refuses to copy or link %j (PROV-4)', async (path, why) => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('.git/config');
    symlinkSync('/etc', join(repoRoot, 'out'));
    symlinkSync('.codencer', join(repoRoot, 'alias'));
    symlinkSync('not-there', join(repoRoot, 'dangling'));
    for (const plan of [{ copy: [path] }, { symlinks: [path] }]) {
      const record = await provision(plan);
      expect([record.success, record.summary]).toEqual([false, expect.stringContaining(why)]);
    }
    expect(readdirSync(worktree)).toEqual([]);
  });

  it('refuses a folder that holds the worktree (PROV-4)', async () => {
    const { provision, repoRoot } = prepare();
    const worktree = join(repoRoot, 'trees/wt');
    mkdirSync(worktree, { recursive: true });
    expect((await provision({ copy: ['trees'] }, { worktree })).summary).toContain('the worktree itself is in there');
  });

  it('allows dots inside a name, and reads a file through a link that stays (PROV-4)', async () => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('foo..bar');
    symlinkSync('foo..bar', join(repoRoot, 'way'));
    expect((await provision({ copy: ['foo..bar', 'way', './foo..bar'] })).success).toBe(true);
    expect(readFileSync(join(worktree, 'way'), 'utf8')).toBe('foo..bar');
    expect(lstatSync(join(worktree, 'way')).isSymbolicLink()).toBe(false);
  });
});

describe('copies', () => {
  it('keep modes, links and what is deep (PROV-6)', async () => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('conf/bin/run', '#!/bin/sh');
    write('conf/secret');
    chmodSync(join(repoRoot, 'conf/bin/run'), 0o750);
    chmodSync(join(repoRoot, 'conf/secret'), 0o400);
    chmodSync(join(repoRoot, 'conf/bin'), 0o710);
    symlinkSync('bin/run', join(repoRoot, 'conf/link'));
    symlinkSync('/etc/passwd', join(repoRoot, 'conf/absolute'));
    execFileSync('mkfifo', [join(repoRoot, 'conf/pipe')]);
    const record = await provision({ copy: ['conf/'] });
    expect([record.success, record.environmentFiles]).toEqual([true, ['conf/']]);
    expect(record.log.at(-1)).toBe(
      `not copied, as it is neither file, folder nor link: ${join(repoRoot, 'conf/pipe')}`,
    );
    const modeOf = (path: string) => statSync(join(worktree, path)).mode & 0o777;
    expect([modeOf('conf/bin/run'), modeOf('conf/secret'), modeOf('conf/bin')]).toEqual([0o750, 0o400, 0o710]);
    expect(readlinkSync(join(worktree, 'conf/link'))).toBe('bin/run');
    expect(readlinkSync(join(worktree, 'conf/absolute'))).toBe('/etc/passwd');
    expect(existsSync(join(worktree, 'conf/pipe'))).toBe(false);
  });

  it('take the place of a file of the commit, and go into its folders (PROV-6)', async () => {
    const { provision, worktree, write } = prepare();
    write('conf/a', 'new');
    mkdirSync(join(worktree, 'conf'));
    writeFileSync(join(worktree, 'conf/a'), 'old', { mode: 0o444 });
    writeFileSync(join(worktree, 'conf/b'), 'kept');
    expect((await provision({ copy: ['conf'] })).success).toBe(true);
    expect(readFileSync(join(worktree, 'conf/a'), 'utf8')).toBe('new');
    expect(readFileSync(join(worktree, 'conf/b'), 'utf8')).toBe('kept');
  });

  it('never write through a link of the worktree (PROV-5)', async () => {
    const { provision, worktree, write } = prepare();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'f'), 'untouched');
    write('deep/sub/f');
    write('file');
    mkdirSync(join(worktree, 'deep'));
    symlinkSync(outside, join(worktree, 'deep/sub'));
    symlinkSync(join(outside, 'f'), join(worktree, 'file'));
    expect((await provision({ copy: ['deep/sub/f'] })).summary).toContain('leads out of');
    expect((await provision({ copy: ['deep'] })).summary).toContain('something else is in its place');
    expect((await provision({ copy: ['file'] })).success).toBe(true);
    expect(readFileSync(join(worktree, 'file'), 'utf8')).toBe('file');
    expect(readFileSync(join(outside, 'f'), 'utf8')).toBe('untouched');
  });

  it('say that a folder is in the way, and name what is not UTF-8 (PROV-5, PROV-6)', async () => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('x');
    mkdirSync(join(worktree, 'x'));
    expect((await provision({ copy: ['x'] })).summary).toContain('a folder is in its place');
    mkdirSync(join(repoRoot, 'odd'));
    writeFileSync(Buffer.concat([Buffer.from(`${repoRoot}/odd/`), Buffer.from([0xff])]), '');
    expect((await provision({ copy: ['odd'] })).summary).toContain('is not UTF-8');
  });

  it('stop when they are told to (PROV-8)', async () => {
    const { provision, write } = prepare();
    write('x');
    const record = await provision({ copy: ['x'] }, { signal: AbortSignal.abort() });
    expect(record).toMatchObject({ success: false, summary: 'Provisioning was stopped before it was done' });
  });
});

describe('links', () => {
  it('have an absolute target, through links to the real place, and folders above (PROV-7)', async () => {
    const { provision, repoRoot, worktree, write } = prepare();
    write('real/dep/x');
    mkdirSync(join(repoRoot, 'pkg'));
    symlinkSync('../real/dep', join(repoRoot, 'pkg/dep'));
    expect((await provision({ symlinks: ['pkg/dep'] })).success).toBe(true);
    expect(readlinkSync(join(worktree, 'pkg/dep'))).toBe(join(repoRoot, 'real/dep'));
    expect((await provision({ symlinks: ['pkg/dep'] })).success).toBe(true);
  });

  it('take the place of an empty folder and of nothing else (PROV-7)', async () => {
    const { provision, worktree, write } = prepare();
    for (const path of ['empty/x', 'full/x', 'file']) write(path);
    mkdirSync(join(worktree, 'empty'));
    mkdirSync(join(worktree, 'full'));
    writeFileSync(join(worktree, 'full/y'), '');
    writeFileSync(join(worktree, 'file'), 'of the commit');
    expect((await provision({ symlinks: ['empty'] })).success).toBe(true);
    for (const path of ['full', 'file']) {
      expect((await provision({ symlinks: [path] })).summary).toBe(
        `Symlink failed: cannot link "${path}": something is in its place in the worktree already`,
      );
    }
    expect(readFileSync(join(worktree, 'file'), 'utf8')).toBe('of the commit');
  });

  it('are not put outside of the worktree (PROV-5)', async () => {
    const { provision, worktree, write } = prepare();
    const outside = temporaryFolder();
    write('deep/x');
    symlinkSync(outside, join(worktree, 'deep'));
    expect((await provision({ symlinks: ['deep/x'] })).summary).toContain('leads out of');
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('the hook', () => {
  it('gets worktree, environment and time (PROV-8)', async () => {
    const { provision, worktree } = prepare();
    const runs: HookRun[] = [];
    await provision(
      { hooks: { post_create: 'echo "a b"' } },
      {
        runHook: async (run) => {
          runs.push(run);
          return completed;
        },
      },
    );
    expect(runs).toMatchObject([{ command: 'echo "a b"', cwd: worktree, environment: { A: 'b' }, timeoutMs: 5000 }]);
  });

  it.each<[HookEnd | { readonly sentence: string }, string]>([
    [{ ...completed, exitCode: 3 }, 'Hook failed: exit code 3'],
    [{ ...completed, exitCode: null, signal: 'SIGKILL' }, 'Hook failed: SIGKILL ended it'],
    [{ ...completed, exitCode: null, timedOut: true }, 'Hook failed: it took longer than 5 seconds'],
    [{ sentence: 'cannot start /bin/sh' }, 'Hook failed: cannot start /bin/sh'],
  ])('fails the provisioning when it ends as %j (PROV-8)', async (end, summary) => {
    const { provision } = prepare();
    const record = await provision({ hooks: { post_create: 'go' } }, { runHook: async () => end });
    expect(record).toMatchObject({ success: false, summary, hookStatus: 'failed', postCreateHook: 'go' });
  });

  it('fails the provisioning when it is stopped (PROV-8)', async () => {
    const { provision } = prepare();
    const controller = new AbortController();
    const record = await provision(
      { hooks: { post_create: 'go' } },
      {
        signal: controller.signal,
        runHook: async () => {
          controller.abort();
          return { ...completed, exitCode: null, signal: 'SIGTERM' };
        },
      },
    );
    expect(record).toMatchObject({ success: false, summary: 'Provisioning was stopped before it was done' });
  });
});
