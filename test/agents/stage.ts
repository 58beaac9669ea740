import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type ScriptedModel, startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { isPidAlive, readInstanceFile } from '../../main/cli/instance-file.ts';
import { BUILT_CLI } from '../support/built-programs.ts';
import { createTaskClient } from '../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../support/temporary-repository.ts';
import type { Answer } from '../support/test-daemon.ts';
import { waitUntil } from '../support/wait-until.ts';
import { killMarked } from './marked-processes.ts';
import { type Play, setUpPlays } from './profiles.ts';

export interface CliAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository with agents in it, and a daemon that was started with `codencer up`. */
export interface Stage {
  readonly repository: TemporaryRepository;
  readonly model: ScriptedModel;
  /** The commit that the live checkout is at. */
  readonly head: string;
  readonly client: ReturnType<typeof createTaskClient>;
  readonly request: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** One command in the repository, as a process of its own. */
  readonly cli: (...args: readonly string[]) => Promise<CliAnswer>;
  /** Of an agent: its home and its temporary files. */
  readonly folderOf: (play: Pick<Play, 'name'>) => string;
  readonly daemonPid: () => number;
  /** `codencer up`, and again after the daemon was ended. */
  readonly up: () => Promise<void>;
  /** `codencer down`. */
  readonly down: () => Promise<void>;
  readonly killDaemon: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const Instance = z.object({ base_url: z.string(), pid: z.number() });

export async function openStage(plays: readonly Play[]): Promise<Stage> {
  const model = await startScriptedModel();
  const repository = createRepository({ 'README.md': '# A repository with agents in it\n' });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-agents-')));
  const { env, folders } = setUpPlays({ plays, model, folder, repoRoot: repository.root });
  const operatorHome = join(folder, 'operator');
  mkdirSync(operatorHome);
  const state = join(repository.root, '.codencer');
  const cliEnv = { ...env, HOME: operatorHome, XDG_STATE_HOME: join(operatorHome, 'state'), CODENCER_SLOTS: '8' };

  const cli = (...args: readonly string[]) => runCommand(args, { cwd: repository.root, env: cliEnv });
  const instance = () => Instance.parse(JSON.parse(readFileSync(join(state, 'instance.json'), 'utf8')));
  const request = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const token = readFileSync(join(state, 'token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${instance().base_url}${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const must = async (...args: readonly string[]) => {
    const { exitCode, stderr } = await cli(...args);
    if (exitCode !== 0) throw new Error(`codencer ${args.join(' ')}: ${exitCode}\n${stderr}`);
  };
  const up = () => must('up', '--port', '0');
  const output = () => readFileSync(join(state, 'daemon.log'), 'utf8');
  const killDaemon = async () => {
    const { pid } = instance();
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => !isPidAlive(pid));
  };
  await up();
  return {
    repository,
    model,
    head: repository.git('rev-parse', 'HEAD').trim(),
    client: createTaskClient({ request, output }),
    request,
    cli,
    folderOf: ({ name }) => folders.get(name) ?? '',
    daemonPid: () => instance().pid,
    up,
    down: () => must('down'),
    killDaemon,
    async close() {
      const pid = readInstanceFile(state)?.pid;
      if (pid !== undefined && isPidAlive(pid)) await killDaemon();
      for (const home of folders.values()) killMarked(home);
      await model.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      repository.remove();
    },
  };
}

interface CommandPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function runCommand(args: readonly string[], { cwd, env }: CommandPlace): Promise<CliAnswer> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [BUILT_CLI, ...args], { cwd, env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a plain text answer
  }
}
