import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Reply, runCli, sayingOf, textAt } from './run-cli.ts';

/** A daemon to talk to, and where. */
export interface Stage {
  readonly repoRoot: string;
  readonly baseUrl: string;
  readonly token: string;
  /** Whether repository and daemon were made for this, and go with it. */
  readonly isOwn: boolean;
  /** A folder for the files of the inputs. */
  readonly scratch: string;
  readonly cli: (args: readonly string[], stdin?: string) => Promise<Reply>;
  startRun(): Promise<string>;
  completeRun(runId: string): Promise<void>;
  close(): Promise<void>;
}

export interface StageRequest {
  readonly repoRoot: string | undefined;
  readonly isFresh: boolean;
  readonly signal: AbortSignal;
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Holds everything that was made. */
  readonly folder: string;
}

const STOP_LIMIT_MS = 40_000;

/** The daemon that answers, or one of its own. The problem is a sentence. */
export async function openStage(request: StageRequest): Promise<Stage | { readonly problem: string }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codencer-smoke-')));
  try {
    return await openIn(folder, request);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return { problem: `The smoke test cannot begin: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function openIn(folder: string, { repoRoot, isFresh, signal }: StageRequest): Promise<Stage> {
  // npm changes to the folder of its package; where it was called is in INIT_CWD.
  const here = { cwd: resolve(repoRoot ?? process.env['INIT_CWD'] ?? process.cwd()), env: process.env, folder };
  const answer = isFresh ? null : await askInstance(here, signal);
  if (answer !== null) return stageOf({ ...here, ...answer, pid: null, signal });
  if (repoRoot !== undefined) throw new Error(`no daemon answers in ${here.cwd}; start one with: codencer up`);
  const own = await makePlace(folder);
  const pid = await startDaemon(own, signal);
  const started = await askInstance(own, signal);
  if (started !== null) return stageOf({ ...own, ...started, pid, signal });
  await endDaemon(pid);
  throw new Error('the daemon that was started does not answer');
}

interface Answer {
  readonly repoRoot: string;
  readonly baseUrl: string;
  readonly token: string;
}

async function askInstance({ cwd, env }: Place, signal: AbortSignal): Promise<Answer | null> {
  const instance = await runCli({ args: ['instance', '--json'], stdin: '', cwd, env, signal });
  if (instance.exitCode !== 0) return null;
  const tokenFile = join(textAt(instance, 'state_dir'), 'token');
  const token = await readFile(tokenFile, 'utf8').catch(() => ''); // a daemon elsewhere: then the user counts, or it refuses
  return { repoRoot: textAt(instance, 'repo_root'), baseUrl: textAt(instance, 'base_url'), token: token.trim() };
}

/** Variables of the caller's that lead to another daemon or make another one of it. */
const FOREIGN =
  /^(ORCHESTRATORD_URL|HOST|PORT|REPO_ROOT|DB_PATH|ARTIFACT_ROOT|WORKSPACE_ROOT|FORCE_GATE_.*|CODENCER_.*)$/;

async function makePlace(folder: string): Promise<Place> {
  const cwd = join(folder, 'repository');
  await mkdir(cwd);
  await writeFile(join(cwd, 'README.md'), '# For a smoke test\n');
  const identity = ['-c', 'user.name=Smoke', '-c', 'user.email=smoke@example.invalid'];
  const git = (...args: readonly string[]): void => {
    execFileSync('git', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  git('init', '--quiet');
  git('add', '--all');
  git(...identity, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', 'first');
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { cwd, folder, env: { ...Object.fromEntries(own), XDG_STATE_HOME: join(folder, 'state') } };
}

async function startDaemon({ cwd, env }: Place, signal: AbortSignal): Promise<number> {
  const started = await runCli({ args: ['up', '--sim', '--port', '0', '--json'], stdin: '', cwd, env, signal });
  const { pid } = started.json;
  if (started.exitCode === 0 && typeof pid === 'number') return pid;
  throw new Error(`no daemon could be started: ${sayingOf(started)}`);
}

async function endDaemon(pid: number): Promise<void> {
  const deadlineMs = performance.now() + STOP_LIMIT_MS;
  signalTo(pid, 'SIGTERM');
  while (signalTo(pid, 0)) {
    if (performance.now() > deadlineMs) signalTo(pid, 'SIGKILL');
    await sleep(20);
  }
}

/** Whether the process was there. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it has ended
  }
}

interface StageParts extends Place, Answer {
  /** Of the daemon that was started for this. */
  readonly pid: number | null;
  readonly signal: AbortSignal;
}

function stageOf({ repoRoot, baseUrl, token, pid, cwd, env, folder, signal }: StageParts): Stage {
  const cli = (args: readonly string[], stdin = ''): Promise<Reply> => runCli({ args, stdin, cwd, env, signal });
  return {
    repoRoot,
    baseUrl,
    token,
    isOwn: pid !== null,
    scratch: folder,
    cli,
    async startRun() {
      const started = await cli(['run', 'start', '--project', 'smoke', '--json']);
      const id = textAt(started, 'id');
      if (id === '') throw new Error(`no run could be started: ${sayingOf(started)}`);
      return id;
    },
    async completeRun(runId) {
      await cli(['run', 'complete', runId]);
    },
    async close() {
      if (pid !== null) await endDaemon(pid);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
