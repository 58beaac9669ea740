import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceId } from '../../../../../contract/ids.ts';
import type { InstanceInfo } from '../../../../../contract/instance.ts';
import {
  instanceFilePath,
  listInstances,
  publishInstance,
  readInstanceFile,
  withdrawInstance,
} from '../../../../../main/daemon/adapters/instance/instance-file.ts';
import { instanceIndexDir } from '../../../../../main/daemon/adapters/instance/instance-index-dir.ts';
import { isProcessThere, processStartOf } from '../../../../../main/daemon/adapters/instance/process-start.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const instanceOf = (stateDir: string, change: Partial<InstanceInfo> = {}): InstanceInfo => ({
  id: InstanceId.parse('4f8c'),
  version: '0.1.0',
  repoRoot: '/srv/sample',
  stateDir,
  workspaceRoot: '/srv/sample/.codencer/workspace',
  host: '127.0.0.1',
  port: 8085,
  baseUrl: 'http://127.0.0.1:8085',
  executionMode: 'real',
  pid: process.pid,
  startedAtMs: 1_700_000_000_000,
  nodeVersion: process.version,
  system: 'Linux',
  ...change,
});

function places() {
  return { stateDir: temporaryFolder(), indexDir: join(temporaryFolder(), 'codencer/instances') };
}

describe('publishInstance', () => {
  it('writes the same private description in both places (INST-6)', async () => {
    const at = places();
    const instance = instanceOf(at.stateDir);
    successOf(await publishInstance(at, instance));
    const paths = [instanceFilePath(at.stateDir), join(at.indexDir, '4f8c.json')];
    const [first, second] = paths.map((path) => readFileSync(path, 'utf8'));
    expect(first).toBe(second);
    expect(JSON.parse(first ?? '')).toMatchObject({
      id: '4f8c',
      repo_name: 'sample',
      base_url: 'http://127.0.0.1:8085',
      started_at: '2023-11-14T22:13:20Z',
      process_start: processStartOf(process.pid),
    });
    expect(paths.map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(statSync(at.indexDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(at.stateDir)).toEqual(['instance.json']);
  });

  it('is read back as live (INST-7)', async () => {
    const at = places();
    const instance = instanceOf(at.stateDir);
    await publishInstance(at, instance);
    const path = instanceFilePath(at.stateDir);
    expect(successOf(await readInstanceFile(path))).toEqual({ state: 'live', instance, path });
  });
});

describe('readInstanceFile', () => {
  it.each([
    ['another process has the pid', { process_start: 'an earlier boot:77' }],
    ['no process has the pid', { pid: 2 ** 22 + 1, process_start: null }],
  ])('calls it stale when %s (INST-7)', async (_, change) => {
    const at = places();
    await publishInstance(at, instanceOf(at.stateDir));
    const path = instanceFilePath(at.stateDir);
    const content: object = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...content, ...change }));
    expect(successOf(await readInstanceFile(path)).state).toBe('stale');
  });

  it.each(['', '{', '[]', '{"pid":"x"}'])('refuses %j (INST-8)', async (text) => {
    const path = join(temporaryFolder(), 'instance.json');
    writeFileSync(path, text);
    expect(failureOf(await readInstanceFile(path)).kind).toBe('refused');
  });
});

describe('withdrawInstance', () => {
  it('removes both files (INST-8)', async () => {
    const at = places();
    const instance = instanceOf(at.stateDir);
    await publishInstance(at, instance);
    successOf(await withdrawInstance(at, instance));
    expect([readdirSync(at.stateDir), readdirSync(at.indexDir)]).toEqual([[], []]);
    successOf(await withdrawInstance(at, instance));
  });

  it("leaves another daemon's files alone (INST-8)", async () => {
    const at = places();
    await publishInstance(at, instanceOf(at.stateDir, { pid: 1 }));
    successOf(await withdrawInstance(at, instanceOf(at.stateDir)));
    expect(readdirSync(at.stateDir)).toEqual(['instance.json']);
  });
});

describe('listInstances', () => {
  it('lists every daemon and names unreadable entries (INST-8)', async () => {
    const at = places();
    expect(successOf(await listInstances(at.indexDir))).toEqual({ found: [], damaged: [] });
    await publishInstance(at, instanceOf(at.stateDir, { id: InstanceId.parse('b') }));
    await publishInstance(at, instanceOf(at.stateDir, { id: InstanceId.parse('a') }));
    writeFileSync(join(at.indexDir, 'broken.json'), '{');
    mkdirSync(join(at.indexDir, 'folder.json'));
    const { found, damaged } = successOf(await listInstances(at.indexDir));
    expect(found.map(({ instance, state }) => [instance.id, state])).toEqual([
      ['a', 'live'],
      ['b', 'live'],
    ]);
    expect(damaged).toHaveLength(2);
  });
});

describe('instanceIndexDir', () => {
  it.each([
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/codencer/instances'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/u/.local/state/codencer/instances'],
    ['linux', {}, '/home/u/.local/state/codencer/instances'],
    ['darwin', {}, '/home/u/.local/state/codencer/instances'],
  ] as const)('on %s with %j is %s (INST-9)', (platform, environment, expected) => {
    expect(instanceIndexDir({ platform, home: '/home/u', environment })).toBe(expected);
  });

  it('is under the local application data on Windows (INST-9)', () => {
    const home = 'C:\\Users\\u';
    const environment = { LOCALAPPDATA: 'D:\\Data' };
    expect(instanceIndexDir({ platform: 'win32', home, environment })).toBe('D:\\Data\\codencer\\instances');
    expect(instanceIndexDir({ platform: 'win32', home, environment: {} })).toBe(
      'C:\\Users\\u\\AppData\\Local\\codencer\\instances',
    );
  });
});

describe('isProcessThere', () => {
  it('tells this process from a later one with its pid (INST-7)', () => {
    const start = processStartOf(process.pid);
    expect(start).toMatch(/^[0-9a-f-]{36}:\d+$/);
    expect([isProcessThere(process.pid, start), isProcessThere(process.pid, null)]).toEqual([true, true]);
    expect(isProcessThere(process.pid, `${start}0`)).toBe(false);
    expect(processStartOf(2 ** 22 + 1)).toBeNull();
  });
});
