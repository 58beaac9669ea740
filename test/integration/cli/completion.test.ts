import { execFile } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SHELLS } from '../../../main/cli/completion/scripts.ts';
import { BUILT_CLI } from '../../support/built-programs.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const PATH = process.env['PATH'] ?? '';
const isInstalled = (shell: string): boolean => PATH.split(delimiter).some((folder) => existsSync(join(folder, shell)));

/** What a shell is asked to do to see whether it can read the script at all. */
const CHECKS: Readonly<Record<string, readonly string[]>> = { bash: ['-n'], zsh: ['-n'], fish: ['--no-execute'] };
const CHECKED = SHELLS.filter((shell) => CHECKS[shell] !== undefined && isInstalled(shell));

/** A folder with a program `codencer` that runs the sources, and the scripts beside it. */
async function install(url: string) {
  const folder = temporaryFolder();
  const program = join(folder, 'codencer');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${BUILT_CLI}' "$@"\n`);
  chmodSync(program, 0o755);
  for (const shell of SHELLS) writeFileSync(join(folder, shell), (await runCliAt(url, ['completion', shell])).stdout);
  return { folder, env: { PATH: `${folder}${delimiter}${PATH}`, HOME: folder, ORCHESTRATORD_URL: url } };
}

const STUB = byRoute({
  'GET /api/v1/runs': { body: [{ id: 'run-1', state: 'running', project_id: 'p' }] },
  'GET /api/v1/runs/run-1/steps': { body: [{ id: 'step-1', state: 'completed', title: 'Mend\tit' }] },
});

describe('completion (CLI-24)', () => {
  it.each(CHECKED)('is a script that %s can read', async (shell) => {
    const { folder, env } = await install('http://127.0.0.1:1');
    await run(shell, [...(CHECKS[shell] ?? []), join(folder, shell)], { env });
  });

  it.each([
    [['codencer', 'step', 'watch', ''], ['step-1']],
    [['codencer', 'run', 'tr'], ['tree']],
    [['codencer', 'run', 'list', '--state', '=', 'pau'], ['paused_for_gate']],
    [
      ['codencer', 'run', 'list', '--state', '='],
      ['created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled'],
    ],
    [['codencer', 'submit', 'run-1', 'ba'], ['bash']],
    [['./codencer', 'run', 'state', ''], ['run-1']],
  ])('in bash turns %j into %j', async (words, candidates) => {
    const stub = await startStub(STUB);
    const { folder, env } = await install(stub.url);
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `. ./bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _codencer; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await run('bash', ['--norc', '-c', script], { env, cwd: folder });
    expect([stdout.trim().split('\n'), stderr]).toEqual([candidates, '']);
  });

  it('offers no id that a shell would do something with', async () => {
    const ids = ['$(id)', '`id`', 'a;id', 'a\nb', '-x', 'run-2'];
    const stub = await startStub(
      byRoute({ 'GET /api/v1/runs': { body: ids.map((id) => ({ id, state: 'running', project_id: 'p' })) } }),
    );
    const { stdout } = await runCliAt(stub.url, ['__complete', '=', 'run', 'state']);
    expect(stdout).toBe('run-2\trunning p\n');
  });

  it('says what each candidate is, on a line of its own', async () => {
    const stub = await startStub(STUB);
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['__complete', '=s', 'step', 'wait']);
    expect([exitCode, stdout, stderr]).toEqual([0, 'step-1\tcompleted Mend it\n', '']);
  });

  it.each([
    ['a daemon that is not there', 'http://127.0.0.1:1'],
    ['an address that cannot be one', 'http://[bad'],
  ])('is quiet about %s', async (_what, url) => {
    expect(await runCliAt(url, ['__complete', '=', 'step', 'wait'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('does not wait for a daemon that says nothing', async () => {
    const stub = await startStub(() => new Promise(() => undefined));
    const startedMs = performance.now();
    expect(await runCliAt(stub.url, ['__complete', '=', 'run', 'state'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });

  it('for another shell is refused with those that there are', async () => {
    const { exitCode, stderr } = await runCliAt('http://127.0.0.1:1', ['completion', 'tcsh']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('only for bash, zsh, fish, powershell');
  });
});
