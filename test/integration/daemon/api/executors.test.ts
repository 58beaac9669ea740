import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProfileReader } from '../../../../main/daemon/adapters/profiles/profile-folder.ts';
import { createShelf } from '../../../../main/daemon/adapters/profiles/profile-shelf.ts';
import { composeExecutors } from '../../../../main/daemon/compose/compose-executors.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi } from '../../../support/test-api.ts';

/** Profiles, and programs in a folder that is all of PATH but the system's. */
async function startWith(
  files: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
  attempt: 'unknown' | null = null,
) {
  const root = temporaryFolder();
  const folder = join(root, 'executors');
  const bin = join(root, 'bin');
  for (const place of [folder, bin, join(root, 'home'), join(root, 'repo')]) mkdirSync(place);
  for (const [name, given] of Object.entries(files)) {
    const text = given.replaceAll('ROOT', root);
    if (/^(?:bin|repo)\//.test(name)) writeFileSync(join(root, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    else writeFileSync(join(folder, name), text);
  }
  const reader = (path: string) => createProfileReader({ path, root, shownAs: 'executors/' });
  const executors = composeExecutors({
    host: { clock: Date.now, pipes: { create: () => Promise.reject(new Error('nothing runs')) } } as never,
    shelf: createShelf({ shipped: reader(join(root, 'none')), repository: reader(folder) }),
    environment: () => ({ PATH: `${bin}:${join(root, 'repo')}:/usr/bin:/bin`, HOME: join(root, 'home'), ...own }),
    own,
    repoRoot: join(root, 'repo'),
    isSimulated: () => false,
  });
  const settings = { slots: 4, leaseTtlSeconds: 60, defaultExecutor: 'claude', isSimulated: () => false };
  const peers = { attemptOf: async () => attempt };
  const test = await startTestApi({ peers, changed: { executors, settings } });
  insertRun(test.store);
  const get = async (path: string) => {
    const { status, body } = await httpAnswer({ port: test.port, path });
    return { status, body: status === 200 ? JSON.parse(body) : body };
  };
  const submit = (task: object) =>
    httpAnswer({ port: test.port, method: 'POST', path: '/api/v1/runs/http1/steps', body: JSON.stringify(task) });
  return { get, submit, bin, root };
}

const CLAUDE = { 'bin/claude': 'echo "2.1.0 (Claude Code)"' };

describe('HTTP-53: executors', () => {
  it('are listed with their profiles, their files and what was found of their programs', async () => {
    const { get, bin } = await startWith({ ...CLAUDE, 'claude.yaml': 'agent: claude\nsandbox: acceptEdits' });
    const { body } = await get('/api/v1/executors');
    expect(body.problems).toEqual([]);
    expect(body.executors.map(({ name }: { name: string }) => name)).toEqual(['simulation', 'command', 'claude']);
    expect(body.executors[2]).toEqual({
      name: 'claude',
      agent: 'claude',
      source: 'repository',
      file: 'executors/claude.yaml',
      problems: [],
      probe: {
        available: true,
        mode: 'real',
        binary: join(bin, 'claude'),
        version: '2.1.0 (Claude Code)',
        logged_in: 'no',
        sandbox: 'acceptEdits',
        can_ask: true,
        detail: 'asks for permission; nobody is logged in',
      },
      profile_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      profile: expect.objectContaining({ transport: 'stream-json', sandbox: 'acceptEdits', environment: {} }),
    });
    expect((await get('/api/v1/executors/claude')).body).toEqual(body.executors[2]);
    const compatibility = await get('/api/v1/compatibility');
    expect(compatibility.body.adapters[2]).toMatchObject({
      id: 'claude',
      status: 'active',
      version: '2.1.0 (Claude Code)',
    });
  });

  it('that cannot be used say why, and are refused when a task names them', async () => {
    const { get, submit } = await startWith({ 'claude.yaml': 'agent: claude\nmodle: x' });
    const problem = 'executors/claude.yaml:2: modle is not a known key; did you mean model?';
    const { body } = await get('/api/v1/executors/claude');
    expect(body).toMatchObject({ agent: null, profile: null, profile_hash: null, problems: [problem] });
    expect(body.probe).toMatchObject({ available: false, mode: null, detail: problem });
    const refused = await submit({ version: 'v1', goal: 'x' });
    expect([refused.status, refused.headers['x-codencer-error'], refused.body]).toEqual([
      400,
      'executor_unavailable',
      `executor "claude", the default for tasks that name none, cannot be used: ${problem}\n`,
    ]);
  });

  it.each([
    [
      'agent: claude',
      {},
      'its program "claude" is not in PATH: install it (npm install -g @anthropic-ai/claude-code), or set "program" of the profile or CLAUDE_BINARY to where it is',
    ],
    [
      'agent: claude',
      { CLAUDE_BINARY: '/opt/claude' },
      'CLAUDE_BINARY names "/opt/claude", and no program is there: install it, or set "program" of the profile or CLAUDE_BINARY to where it is',
    ],
    [
      'agent: claude\nprogram: my-claude',
      {},
      'the profile names "my-claude", which is not in PATH: install it, or set "program" of the profile or CLAUDE_BINARY to where it is',
    ],
    [
      'agent: claude\nprogram: sh\nenvironment: {KEY: MY_KEY}',
      {},
      'the variable MY_KEY, from which profile "claude" takes KEY, is not set where the daemon was started',
    ],
  ])('without what they need are refused, and it is said what that is: %j %j', async (text, own, missing) => {
    const { get, submit } = await startWith({ 'claude.yaml': text }, own);
    expect((await get('/api/v1/executors/claude')).body.probe).toMatchObject({ available: false, detail: missing });
    const refused = await submit({ version: 'v1', goal: 'x', adapter_profile: 'claude' });
    expect([refused.status, refused.headers['x-codencer-error']]).toEqual([400, 'executor_unavailable']);
    expect(refused.body).toBe(
      `executor "claude" is not available here: ${missing}; or use "command" with a recipe, or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1\n`,
    );
  });

  it('of a recipe need their variables too, and a chat needs nothing', async () => {
    const { get } = await startWith({
      'lint.yaml': 'agent: command\nrecipe: {steps: [{run: ls}]}\nenvironment: {KEY: MY_KEY}',
      'chat.yaml': 'agent: ide-chat\ndescription: somebody',
    });
    const detail = 'the variable MY_KEY, from which profile "lint" takes KEY, is not set where the daemon was started';
    expect((await get('/api/v1/executors/lint')).body.probe).toMatchObject({ available: false, detail });
    expect((await get('/api/v1/executors/chat')).body.probe).toMatchObject({ mode: 'real', detail: 'somebody' });
  });

  it('that are not there are 404 with the name that was meant', async () => {
    const { get } = await startWith({ 'claude.yaml': 'agent: claude' });
    expect(await get('/api/v1/executors/cluade')).toEqual({
      status: 404,
      body: 'there is no executor "cluade"; did you mean "claude"? known ones: simulation, command, claude\n',
    });
    expect((await get('/api/v1/executors/-x')).status).toBe(400);
    expect((await get('/api/v1/executors?probe=maybe')).status).toBe(400);
  });

  it('are asked for their version again when somebody wants that', async () => {
    const { get, bin } = await startWith({
      'bin/claude': 'echo x >> "$0.asked"; wc -l < "$0.asked"',
      'claude.yaml': 'agent: claude',
    });
    const versionAt = async (path: string) => (await get(path)).body.probe.version;
    expect(await versionAt('/api/v1/executors/claude')).toBe('1');
    expect(await versionAt('/api/v1/executors/claude')).toBe('1');
    expect(await versionAt('/api/v1/executors/claude?probe=true')).toBe('2');
    expect(bin).not.toBe('');
  });

  const EVIL = 'echo x >> ROOT/was-run; echo 6.6.6';
  it.each([
    ['a path', { 'bin/evil': EVIL, 'mine.yaml': 'agent: claude\nprogram: ROOT/bin/evil' }],
    ['a script', { 'bin/claude': EVIL, 'mine.yaml': 'agent: claude\nprogram: [claude, ROOT/x]' }],
    ['a name that PATH finds in the repository', { 'repo/evil': EVIL, 'mine.yaml': 'agent: claude\nprogram: evil' }],
    ['a link into the repository', { 'repo/evil': EVIL, 'mine.yaml': 'agent: claude\nprogram: linked' }],
  ])('PROF-15: of a repository that names %s are not run by who looks', async (_, files) => {
    const { get, root, bin } = await startWith(files);
    symlinkSync(join(root, 'repo/evil'), join(bin, 'linked'));
    const wasRun = () => existsSync(join(root, 'was-run'));
    const detail =
      'its program is named by this repository and was not tried: "executor probe mine" runs it for its version';
    for (const path of ['executors', 'executors?probe=true', 'executors/mine', 'executors/mine?probe=false'])
      expect(JSON.stringify((await get(`/api/v1/${path}`)).body)).toContain(JSON.stringify(detail).slice(1, -1));
    expect((await get('/api/v1/compatibility')).status).toBe(200);
    expect((await get('/api/v1/executors/mine')).body.probe).toMatchObject({ available: true, version: null });
    expect(wasRun()).toBe(false);
    expect((await get('/api/v1/executors/mine?probe=true')).body.probe).toMatchObject({ version: '6.6.6' });
    expect(wasRun()).toBe(true);
    rmSync(join(root, 'was-run'));
    expect((await get('/api/v1/executors')).body.executors.at(-1).probe.version).toBe('6.6.6');
    expect(wasRun()).toBe(false);
  });

  it('PROF-15: are not run for somebody who may belong to an attempt', async () => {
    const files = { 'bin/evil': EVIL, 'mine.yaml': 'agent: claude\nprogram: ROOT/bin/evil' };
    const { get, root } = await startWith(files, {}, 'unknown');
    expect((await get('/api/v1/executors/mine?probe=true')).body.probe).toMatchObject({ version: null });
    expect(existsSync(join(root, 'was-run'))).toBe(false);
  });

  it('answer within a second, however slow their programs are', async () => {
    const slow = Object.fromEntries(
      ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].flatMap((name) => [
        [`bin/${name}`, 'sleep 2; echo late'],
        [`${name}.yaml`, `agent: claude\nprogram: ${name}`],
      ]),
    );
    const { get } = await startWith(slow);
    const startedAtMs = Date.now();
    const { body } = await get('/api/v1/executors');
    expect(body.executors).toHaveLength(10);
    expect(Date.now() - startedAtMs).toBeLessThan(1500); // a busy machine has half a second more
  });
});
