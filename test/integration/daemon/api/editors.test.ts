import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { listEditors, openInEditor, type WhatToOpen } from '../../../../contract/client/editor-routes.ts';
import { httpFetch } from '../../../../main/cli/http-fetch.ts';
import { editorArguments } from '../../../../main/daemon/adapters/editors/editor-arguments.ts';
import { composeEditors } from '../../../../main/daemon/compose/compose-editors.ts';
import type { Workspaces } from '../../../../main/daemon/services/ports/workspaces.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { attempt, step } from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { peerOfAttempt, startTestApi, type TestApi, type TestApiOptions, TOKEN } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

let folder: string;
let repository: string;
let worktree: string;
let test: TestApi;

beforeEach(async () => {
  folder = realpathSync(temporaryFolder());
  repository = join(folder, 'repository');
  worktree = join(folder, 'worktree');
  for (const root of [repository, worktree]) {
    mkdirSync(join(root, 'src'), { recursive: true });
    writeFileSync(join(root, 'src/a b.ts'), '');
    symlinkSync('/etc/passwd', join(root, 'out'));
    symlinkSync('src', join(root, 'in'));
  }
  writeFileSync(join(folder, 'secret'), '');
  mkdirSync(join(folder, 'bin'));
  for (const name of ['code', 'webstorm']) writeProgram(name);
  test = await serve();
});

/** It writes down its arguments, and that it got no token. */
function writeProgram(name: string): void {
  const asked = join(folder, `asked-${name}`);
  const text = `#!/bin/sh\nprintf '%s\\n' "$@" "token=$CODENCER_TOKEN" > '${asked}'.$$.tmp && mv '${asked}'.$$.tmp '${asked}'.$$\n`;
  writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
}

/** What each start has written down, once all have. */
async function askedIn(starts: number): Promise<readonly string[]> {
  const asked = () => readdirSync(folder).filter((name) => /^asked-\w+\.\d+$/.test(name));
  await waitUntil(() => asked().length === starts);
  return asked().map((name) => readFileSync(join(folder, name), 'utf8'));
}

async function serve(options: TestApiOptions = {}): Promise<TestApi> {
  const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, CODENCER_TOKEN: 'secret' };
  const workspaces: Partial<Workspaces> = {
    exists: async ({ attemptId }) => attemptId === 's-min-a1',
    whereIs: () => worktree,
  };
  const started = await startTestApi({ ...options, changed: { editors: composeEditors(env) } });
  const before = started.context.instance();
  Object.assign(started.context, { instance: () => ({ ...before, repoRoot: repository }) });
  Object.assign(started.context.workspaces, workspaces);
  insertRun(started.store);
  started.store.steps.insert(step({}));
  started.store.attempts.insert(attempt({ state: 'completed' }));
  started.store.attempts.insert(attempt({ id: 's-min-a2', number: 2, state: 'completed' }));
  return started;
}

const connection = () => ({ baseUrl: `http://127.0.0.1:${test.port}`, token: TOKEN, fetch: httpFetch });
const open = async (editor: string, what: WhatToOpen) => {
  const reply = await openInEditor(connection(), editor, what);
  return reply.ok ? successOf(reply.value.read()).command.slice(1) : reply.error;
};
const post = async (body: object, headers: Readonly<Record<string, string>> = {}) => {
  const { status, headers: answered } = await httpAnswer({
    port: test.port,
    method: 'POST',
    path: '/api/v1/open',
    headers,
    body: JSON.stringify(body),
  });
  return [status, answered['x-codencer-error']];
};

describe('the editors of this machine', () => {
  it('HTTP-69: are those that are found, in their order', async () => {
    const editors = successOf(successOf(await listEditors(connection())).read());
    expect(editors).toEqual([
      { id: 'code', title: 'VS Code', program: join(folder, 'bin/code'), isRemote: false },
      { id: 'webstorm', title: 'WebStorm', program: join(folder, 'bin/webstorm'), isRemote: false },
    ]);
  });

  it('HTTP-69: open the repository, a worktree, or a file at a line, without a shell and without our settings', async () => {
    expect(await open('code', { kind: 'repository' })).toEqual([repository]);
    expect(await open('webstorm', { kind: 'worktree', attemptId: 's-min-a1' })).toEqual([worktree]);
    const file = { kind: 'file', path: 'src/a b.ts', attemptId: 's-min-a1', line: 7 } as const;
    expect(await open('code', file)).toEqual(['--goto', `${join(worktree, 'src/a b.ts')}:7`]);
    expect(await open('webstorm', file)).toEqual(['--line', '7', join(worktree, 'src/a b.ts')]);
    expect(await open('code', { kind: 'file', path: 'in/a b.ts' })).toEqual([join(repository, 'src/a b.ts')]);
    const asked = await askedIn(5);
    expect(asked).toContain(`${repository}\ntoken=\n`);
    expect(asked).toContain(`--goto\n${join(worktree, 'src/a b.ts')}:7\ntoken=\n`);
  });

  it.each([
    '../secret',
    'src/../../secret',
    '/etc/passwd',
    'out',
    'src',
    '.',
    'nothing',
    '~/x',
    ' src/a b.ts',
    'src/a b.ts\0',
    '--version',
    'a'.repeat(4000),
  ])('HTTP-69: %j is no file of the repository or a worktree', async (path) => {
    for (const more of [{}, { attempt_id: 's-min-a1' }]) {
      expect(await post({ editor: 'code', kind: 'file', path, ...more })).toEqual([404, 'not_found']);
    }
  });

  it.each([
    [{ editor: 'emacs', kind: 'repository' }, [400, 'invalid_input']],
    [{ editor: '/bin/sh', kind: 'repository' }, [400, 'invalid_input']],
    [{ editor: 'code', kind: 'file' }, [400, 'invalid_input']],
    [{ editor: 'code', kind: 'repository', path: 'src' }, [400, 'invalid_input']],
    [{ editor: 'code', kind: 'file', path: 'src/a b.ts', line: 0 }, [400, 'invalid_input']],
    [{ editor: 'code', kind: 'worktree' }, [404, 'attempt_not_found']],
    [{ editor: 'code', kind: 'worktree', attempt_id: 'none' }, [404, 'attempt_not_found']],
    [{ editor: 'code', kind: 'worktree', attempt_id: 's-min-a2' }, [404, 'not_found']],
  ])('HTTP-69: %j is refused', async (body, refused) => {
    expect(await post(body)).toEqual(refused);
  });

  it.each(['x.code-workspace', 'X.Code-Workspace'])(
    'HTTP-69: %s is settings and folders, and no file to look at',
    async (path) => {
      writeFileSync(join(worktree, path), '{"folders":[{"path":"/"}],"settings":{}}');
      symlinkSync(path, join(worktree, 'notes.md'));
      for (const one of [path, 'notes.md']) {
        const asked = { editor: 'code', kind: 'file', path: one, attempt_id: 's-min-a1' };
        expect(await post(asked)).toEqual([400, 'invalid_input']);
        expect(await post({ ...asked, editor: 'webstorm' })).toEqual([200, undefined]);
      }
    },
  );

  it('HTTP-6, HTTP-69: a process of an attempt opens nothing', async () => {
    test = await serve({ peers: peerOfAttempt('s-min-a1') });
    expect(await post({ editor: 'code', kind: 'repository' }, { authorization: `Bearer ${TOKEN}` })).toEqual([
      403,
      'forbidden_executor',
    ]);
  });
});

describe('an editor of Windows that opens what is in WSL', () => {
  it.each([
    ['code', null, ['--remote', 'wsl+Debian', '/home/me/a b']],
    ['code', 3, ['--remote', 'wsl+Debian', '--goto', '/home/me/a b:3']],
    ['jetbrains', null, ['\\\\wsl.localhost\\Debian\\home\\me\\a b']],
    ['jetbrains', 3, ['--line', '3', '\\\\wsl.localhost\\Debian\\home\\me\\a b']],
  ] as const)('HTTP-69: is told where, in the words of %s (line %s)', (family, line, args) => {
    expect(editorArguments({ family, wslDistro: 'Debian' }, { path: '/home/me/a b', line })).toEqual(args);
  });
});
