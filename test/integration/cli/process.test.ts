import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI_ENTRY } from '../../support/run-cli.ts';
import { type SpawnOptions, spawnCli } from '../../support/spawn-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** Runs a command and gives what was loaded for it: files and packages, and what Node itself had to load. */
async function loadedBy(args: readonly string[], options: SpawnOptions = {}) {
  const folder = temporaryFolder();
  const list = join(folder, 'loaded.json');
  const spy = join(folder, 'spy.mjs');
  writeFileSync(
    spy,
    `import { registerHooks } from 'node:module';
import { writeFileSync } from 'node:fs';
const urls = [];
registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
process.on('exit', () => writeFileSync(${JSON.stringify(list)}, JSON.stringify({ urls, inside: process.moduleLoadList })));`,
  );
  // From the sources: in a bundle a package has no file of its own.
  const run = spawnCli(args, { ...options, nodeArgs: ['--import', spy], entry: CLI_ENTRY });
  const { exitCode } = await run.ended;
  const { urls, inside }: { readonly urls: readonly string[]; readonly inside: readonly string[] } = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  return { exitCode, stdout: run.stdout(), stderr: run.stderr(), urls, inside };
}

const HTTP = 'NativeModule _http_client';
const FETCH = 'NativeModule internal/deps/undici/undici';

describe('the quickest commands (CLI-13)', () => {
  it.each([['--version'], ['version']])('%s loads no package and no HTTP', async (word) => {
    const { exitCode, stdout, urls, inside } = await loadedBy([word]);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^codencer version \d+\.\d+\.\d+\n$/)]);
    expect(urls.filter((url) => url.includes('node_modules') || url.includes('parse-args'))).toEqual([]);
    expect(inside).not.toContain(HTTP);
    expect(inside).not.toContain(FETCH);
  });

  it.each([[['instance', '--json']], [['instance']]])('%j loads no package and no fetch', async (args) => {
    const stub = await startStub(byRoute({ 'GET /api/v1/instance': { body: { pid: 1, version: '1' } } }));
    const { exitCode, stderr, urls, inside } = await loadedBy(args, { env: { ORCHESTRATORD_URL: stub.url } });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(urls.filter((url) => url.includes('node_modules') || url.includes('run-command'))).toEqual([]);
    expect(inside).toContain(HTTP);
    expect(inside).not.toContain(FETCH);
  });
});

describe('the process (CLI-11)', () => {
  it('ends quietly when nobody reads on', async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ({ id: `run-${index}`, state: 'running' }));
    const stub = await startStub(byRoute({ 'GET /api/v1/runs': { body: many } }));
    const run = spawnCli(['run', 'list'], { env: { ORCHESTRATORD_URL: stub.url } });
    run.child.stdout?.once('data', () => run.child.stdout?.destroy());
    expect(await run.ended).toEqual({ exitCode: 0, signal: null });
    expect(run.stderr()).toBe('');
  });

  it('ends with 130 on Ctrl-C in a wait, and says that the work goes on', async () => {
    const stub = await startStub(() => new Promise(() => undefined));
    const run = spawnCli(['step', 'wait', 's1'], { env: { ORCHESTRATORD_URL: stub.url } });
    await waitUntil(() => stub.requests.length > 0);
    run.child.kill('SIGINT');
    expect(await run.ended).toEqual({ exitCode: 130, signal: null });
    expect(run.stderr()).toContain('Stopped waiting; step s1 goes on.\n');
  });

  it('takes an address that cannot be one for a problem, not for a crash', async () => {
    const run = spawnCli(['doctor', '--json'], { cwd: '/proc/self/fd', env: { ORCHESTRATORD_URL: 'http://[bad' } });
    const { exitCode } = await run.ended;
    expect(exitCode).toBe(5);
    expect(() => JSON.parse(run.stdout())).not.toThrow();
  });
});
