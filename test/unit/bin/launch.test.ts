import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAEMON_NODE_FLAGS } from '../../../main/cli/daemon-node-flags.ts';

const root = join(import.meta.dirname, '../../..');
const programs = join(root, 'test/fixtures/programs');

/** Ways to start a Node that is too old: one that only pretends, and whatever real ones this machine has. */
const oldNodes = [
  { label: 'a pretended Node 18', command: [process.execPath, '--require', join(programs, 'pretend-old-node.cjs')] },
  ...realOldNodes().map((path) => ({ label: path, command: [path] })),
];

const started: ChildProcess[] = [];
let folder: string;
let installed: string;
let notInstalled: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codencer-bin-'));
  installed = layOut('installed');
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  notInstalled = layOut('not-installed');
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe.each(oldNodes)('started by $label', ({ command }) => {
  it('hands over to the packaged Node with name, arguments and exit code', () => {
    const shown = run([...command, bin('orchestratorctl'), 'show', 'a b', '']);
    expect(JSON.parse(shown.stdout)).toEqual({
      name: 'orchestratorctl',
      args: ['show', 'a b', ''],
      version: expect.stringMatching(/^24\./),
      flags: [],
    });
    expect(run([...command, bin('codencer'), 'exit', '4']).status).toBe(4);
  });

  it('puts daemon before the arguments of orchestratord, once', () => {
    const shown = run([...command, bin('orchestratord'), 'show']);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: 'orchestratord',
      args: ['daemon', 'show'],
      flags: DAEMON_NODE_FLAGS,
    });
  });

  it('passes stdin through to its end', () => {
    expect(run([...command, bin('codencer'), 'read-stdin'], 'héllo\n'.repeat(20_000)).stdout).toBe(
      'HÉLLO\n'.repeat(20_000),
    );
  });

  it('passes a signal on and ends with the exit code that it was answered with', async () => {
    const { process: child } = await hang(command);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('ends by the signal that ended the program', async () => {
    const { process: child } = await hang(command);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  it('says in one line and with exit 5 that no packaged Node is there', () => {
    const { status, stdout, stderr } = run([...command, join(notInstalled, 'bin/codencer.cjs'), 'show']);
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' });
    expect(stderr).toMatch(/^codencer: needs Node 24 or newer, this is [\d.]+ and no packaged Node is installed .*\n$/);
  });
});

describe('started by a recent Node', () => {
  it('loads the bundle in the same process, also through a link of another name', () => {
    const link = join(installed, 'linked');
    symlinkSync(bin('orchestratorctl'), link);
    const shown = run([process.execPath, link, 'show']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ name: 'orchestratorctl', args: ['show'] });
  });

  it.each([
    { of: 'orchestratord', args: ['show'], daemonArgs: ['daemon', 'show'] },
    { of: 'codencer', args: ['daemon', 'show'], daemonArgs: ['daemon', 'show'] },
  ])('turns into one with the flags of a daemon, as $of', ({ of, args, daemonArgs }) => {
    const shown = run([process.execPath, '--no-deprecation', bin(of), ...args]);
    expect(shown.stderr).toBe('');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: of,
      args: daemonArgs,
      flags: ['--no-deprecation', ...DAEMON_NODE_FLAGS],
    });
  });

  it('stays as it is for a question about the daemon, and where the operator has chosen a size', () => {
    const asked = run([process.execPath, bin('orchestratord'), 'show', '--help']);
    expect(JSON.parse(asked.stdout)).toMatchObject({ flags: [] });
    const sized = run([process.execPath, '--max-semi-space-size=8', bin('orchestratord'), 'show']);
    expect(JSON.parse(sized.stdout)).toMatchObject({ flags: ['--max-semi-space-size=8'] });
  });

  it('is one process all the time, also as a daemon, and ends by the exit code that a signal was answered with', async () => {
    const child = await hang([process.execPath], ['daemon']);
    expect(child.ready).toBe(`ready ${child.process.pid}\n`);
    child.process.kill('SIGTERM');
    expect(await once(child.process, 'exit')).toEqual([7, null]);
  });

  it('says in one line and with exit 5 that nothing is built', () => {
    rmSync(join(notInstalled, 'dist'), { recursive: true });
    const { status, stderr } = run([process.execPath, join(notInstalled, 'bin/codencer.cjs')]);
    expect(status).toBe(5);
    expect(stderr).toBe(`codencer: not built yet; run "npm run build" in ${notInstalled}\n`);
  });

  it('shows a fault of the bundle itself as it is', () => {
    const { status, stderr } = run([process.execPath, bin('codencer'), 'fail']);
    expect(status).toBe(1);
    expect(stderr).toContain("Cannot find module './absent-part.cjs'");
  });
});

describe('the bin files', () => {
  it.each(['codencer', 'orchestratorctl', 'orchestratord'])('%s starts with a shebang', (name) => {
    expect(readFileSync(join(root, `bin/${name}.cjs`), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it.each(['codencer', 'orchestratorctl', 'orchestratord', 'launch', 'find-node'])(
    '%s has no syntax that an old Node cannot parse',
    (name) => {
      const code = readFileSync(join(root, `bin/${name}.cjs`), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
      expect(code).not.toMatch(/=>|`|\?\.|\?\?|\.\.\.|\b(const|let|class|async|await|import|export)\b|catch \{|node:/);
    },
  );
});

function layOut(name: string): string {
  const target = join(folder, name);
  mkdirSync(join(target, 'dist/cli'), { recursive: true });
  cpSync(join(root, 'bin'), join(target, 'bin'), { recursive: true });
  cpSync(join(programs, 'echo-bundle.cjs'), join(target, 'dist/cli/main.cjs'));
  return target;
}

function bin(name: string): string {
  return join(installed, 'bin', `${name}.cjs`);
}

function run([file, ...args]: readonly string[], input = '') {
  return spawnSync(file ?? '', args, { input, encoding: 'utf8', maxBuffer: 10_000_000 });
}

async function hang([file, ...args]: readonly string[], words: readonly string[] = []) {
  const hanging = [...args, bin('codencer'), ...words, 'hang'];
  const child = spawn(file ?? '', hanging, { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [ready] = await once(child.stdout, 'data');
  return { process: child, ready: String(ready) };
}

/** The first Node on this machine's PATH that is older than 24, by absolute path; most machines have none. */
function realOldNodes(): readonly string[] {
  const files = (process.env['PATH'] ?? '').split(delimiter).map((entry) => join(entry, 'node'));
  const found = [...new Set(files)].find((file) => existsSync(file) && majorOf(file) < 24);
  return found === undefined ? [] : [found];
}

function majorOf(node: string): number {
  return Number.parseInt(run([node, '-p', 'process.versions.node']).stdout, 10);
}
