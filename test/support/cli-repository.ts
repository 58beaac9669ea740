import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isPidAlive, readInstanceFile } from '../../main/cli/instance-file.ts';
import { type SpawnOptions, spawnCli } from './spawn-cli.ts';
import { createRepository, type TemporaryRepository } from './temporary-repository.ts';
import { waitUntil } from './wait-until.ts';

export interface CliOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRepository {
  readonly repository: TemporaryRepository;
  readonly root: string;
  /** Runs one command in the repository, as a process of its own. */
  readonly cli: (...args: readonly string[]) => Promise<CliOutcome>;
  readonly start: (args: readonly string[], options?: SpawnOptions) => ReturnType<typeof spawnCli>;
  readonly daemonPid: () => number | null;
  /** SIGKILL, as a crash would be. */
  readonly killDaemon: () => void;
  /** What a command prints with `--json`. */
  readonly json: (...args: readonly string[]) => Promise<Record<string, unknown>>;
}

/** A repository in which commands are run. Its daemon, if one was started, ends with the test. */
export function createCliRepository(files?: Readonly<Record<string, string>>): CliRepository {
  const repository = createRepository(files);
  const { root } = repository;
  const daemonPid = () => {
    const pid = readInstanceFile(join(root, '.codencer'))?.pid ?? null;
    return pid !== null && isPidAlive(pid) ? pid : null;
  };
  onTestFinished(async () => {
    const pid = daemonPid();
    if (pid !== null) {
      process.kill(pid, 'SIGKILL');
      await waitUntil(() => !isPidAlive(pid));
    }
    repository.remove();
  });
  const start = (args: readonly string[], options: SpawnOptions = {}) =>
    spawnCli(args, { cwd: root, ...options, env: { XDG_STATE_HOME: join(root, '../state'), ...options.env } });
  const cli = async (...args: readonly string[]): Promise<CliOutcome> => {
    const run = start(args);
    const { exitCode } = await run.ended;
    return { exitCode, stdout: run.stdout(), stderr: run.stderr() };
  };
  const json = async (...args: readonly string[]) => JSON.parse((await cli(...args, '--json')).stdout);
  const killDaemon = () => {
    const pid = daemonPid();
    if (pid === null) throw new Error('no daemon runs that could be killed');
    process.kill(pid, 'SIGKILL');
  };
  return { repository, root, cli, start, daemonPid, killDaemon, json };
}

/** A task for the `command` executor, as `--task-json` takes it. */
export const commandTask = (runs: readonly string[], more: object = {}): string =>
  JSON.stringify({
    version: 'v1',
    goal: 'test',
    adapter_profile: 'command',
    recipe: { steps: runs.map((run) => ({ run })) },
    ...more,
  });
