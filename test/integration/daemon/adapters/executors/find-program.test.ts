import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { findProgram } from '../../../../../main/daemon/adapters/executors/find-program.ts';
import { createVersions } from '../../../../../main/daemon/adapters/executors/program-version.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

/** A program of this name on a PATH that has nothing else before the system's own. */
function programOf(script: string) {
  const folder = temporaryFolder();
  const path = join(folder, 'agent');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { folder, path, env: { PATH: `relative:${folder}:/usr/bin:/bin` } };
}

describe('findProgram', () => {
  it('finds a program by its name in PATH, or by its path (PROF-8)', async () => {
    const { path, env } = programOf('');
    expect(await findProgram('agent', env.PATH)).toBe(path);
    expect(await findProgram(path, '')).toBe(path);
  });

  it('finds none where nothing can be run, and none by a path that depends on who asks (PROF-8)', async () => {
    const { folder, env } = programOf('');
    writeFileSync(join(folder, 'notes'), '', { mode: 0o644 });
    expect(await findProgram('notes', env.PATH)).toBeNull();
    expect(await findProgram(folder, env.PATH)).toBeNull();
    expect(await findProgram('./agent', env.PATH)).toBeNull();
  });
});

describe('the version of a program', () => {
  const ask = (program: readonly [string, ...string[]], env = {}) =>
    createVersions()({ program, env, anew: false, mayRun: true });

  it('is the first line of what it says (PROF-9)', async () => {
    const { path, env } = programOf('echo "agent 1.2.3"; echo "built today"');
    expect(await ask([path], env)).toBe('agent 1.2.3');
  });

  it('is that of its package, which is read instead of running it (PROF-9)', async () => {
    const folder = temporaryFolder();
    const root = join(folder, 'node_modules/@vendor/agent');
    mkdirSync(join(root, 'bin'), { recursive: true });
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'agent', version: '3.1.4' }));
    writeFileSync(join(root, 'bin/agent.js'), '', { mode: 0o755 });
    symlinkSync(join(root, 'bin/agent.js'), join(folder, 'agent'));
    expect(await ask([join(folder, 'agent')])).toBe('3.1.4');
    expect(await ask([process.execPath, '--expose-gc', join(root, 'bin/agent.js'), '--acp'])).toBe('3.1.4');
  });

  it('is asked without the arguments that come after the program (PROF-9)', async () => {
    const { path, env } = programOf('echo "$@"');
    expect(await ask([path, 'acp', '--pure'], env)).toBe('--version');
  });

  it('counts until the file is another one, or somebody wants it anew (PROF-9)', async () => {
    const { path, folder, env } = programOf('echo 1; echo x >> "$(dirname "$0")/asked"');
    const versions = createVersions();
    const program = [path] as const;
    const countAsked = () => readFileSync(join(folder, 'asked'), 'utf8').length / 2;
    await Promise.all([
      versions({ program, env, anew: false, mayRun: true }),
      versions({ program, env, anew: false, mayRun: true }),
    ]);
    await versions({ program, env, anew: false, mayRun: true });
    expect(countAsked()).toBe(1);
    await versions({ program, env, anew: true, mayRun: true });
    expect(countAsked()).toBe(2);
    utimesSync(path, 1, 1);
    await versions({ program, env, anew: false, mayRun: true });
    expect(countAsked()).toBe(3);
  });

  it('is not asked of what would run a command instead (PROF-9)', async () => {
    const folder = temporaryFolder();
    const touch = `touch ${join(folder, 'was-here')}; echo 1.2.3`;
    expect(await ask(['/bin/sh', '-c', touch, '/script'], { PATH: '/usr/bin:/bin' })).toBeNull();
    expect(existsSync(join(folder, 'was-here'))).toBe(false);
  });

  it.each(['echo "agent 1.2.3"; exit 1', 'exec cat /dev/zero', 'echo "   "', 'exec sleep 2'])(
    'is unknown of one that does: %s (PROF-9)',
    async (script) => {
      const { path, env } = programOf(script);
      const startedAtMs = Date.now();
      expect(await ask([path], env)).toBeNull();
      expect(Date.now() - startedAtMs).toBeLessThan(2500);
    },
  );

  it('does not wait for somebody who left the program with its output in hand (PROF-9)', async () => {
    const { path, folder, env } = programOf(
      'setsid sh -c \'echo $$ > "$0/pid"; exec sleep 60\' "$(dirname "$0")" &\nwait',
    );
    onTestFinished(() => void process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL'));
    expect(await ask([path], env)).toBeNull();
  });
});
