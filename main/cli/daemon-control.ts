import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, fstatSync, lstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientInstance } from '../../contract/client/client-instance.ts';
import { viewOf } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import { getInstance } from '../../contract/client/instance-routes.ts';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CliFailure } from './cli-failure.ts';
import { DAEMON_NODE_FLAGS } from './daemon-node-flags.ts';
import { fileProblem } from './file-problem.ts';
import { httpFetch } from './http-fetch.ts';
import { isPidAlive, readInstanceFile, readToken, STATE_FOLDER } from './instance-file.ts';
import { readLogTail } from './read-log-tail.ts';
import { vainStateOf } from './vain-state.ts';

/** Recovery of a large record may take its time; a daemon that is not there after this is stuck. */
const READY_LIMIT_MS = 60_000;
/** The daemon itself gives up after 30 s. */
const STOP_LIMIT_MS = 40_000;
const LOOK_EVERY_MS = 20;
const TRY_AGAIN_MS = 200;
const ANSWER_LIMIT_MS = 5_000;

export const logPathOf = (repoRoot: string): string => join(repoRoot, STATE_FOLDER, 'daemon.log');

/** The daemon of a repository, if one answers there. */
export async function findRunning(repoRoot: string): Promise<ClientInstance | null> {
  const stateDir = join(repoRoot, STATE_FOLDER);
  const file = readInstanceFile(stateDir);
  if (file === null || !isPidAlive(file.pid)) return null;
  const connection = connectionTo({ baseUrl: file.baseUrl, stateDir });
  const instance = await viewOf(getInstance(connection, AbortSignal.timeout(ANSWER_LIMIT_MS)));
  // Another daemon may have taken the port meanwhile.
  return instance.ok && instance.value.pid === file.pid ? instance.value : null;
}

/** The way to a daemon whose files are at hand. */
export const connectionTo = ({ baseUrl, stateDir }: Pick<ClientInstance, 'baseUrl' | 'stateDir'>): Connection => ({
  baseUrl,
  token: readToken(stateDir),
  fetch: httpFetch,
});

export interface StartOptions {
  readonly repoRoot: string;
  readonly port: number | null;
  /** Absolute. */
  readonly configPath: string | null;
  readonly isSimulated: boolean;
}

/**
 * Starts a daemon that outlives this process, and resolves when it answers. Of two that start at once the second steps
 * back: then the first is as good, and when that one was only about to end, the place is free at the next try.
 */
export async function startDaemon(
  context: CliContext,
  options: StartOptions,
): Promise<Result<ClientInstance, CliFailure>> {
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  const removeVainState = vainStateOf(options.repoRoot);
  for (;;) {
    const child = spawnDaemon(context, options);
    if (!child.ok) return err(notStarted(options.repoRoot, child.error));
    const instance = await waitUntilReady(options.repoRoot, { child: child.value, deadlineMs });
    if (instance.ok) return instance;
    const isTaken = TAKEN.test(instance.error) && performance.now() < deadlineMs;
    if (!isTaken) {
      if (child.value.hasEnded()) removeVainState();
      return err(notStarted(options.repoRoot, instance.error));
    }
    await sleep(TRY_AGAIN_MS);
  }
}

/** How a daemon says that another one has its repository. */
const TAKEN = /already has a daemon|another daemon is/;

const notStarted = (repoRoot: string, reason: string): CliFailure => ({
  error: 'starting the daemon',
  message: reason,
  exit: EXIT.infrastructure,
  ...(existsSync(logPathOf(repoRoot)) ? { nextStep: `Its log: ${logPathOf(repoRoot)}` } : {}),
});

interface StartedChild {
  readonly hasEnded: () => boolean;
  /** Bytes of the log that were there before. */
  readonly logStart: number;
}

/** Not through a link, which a repository could have brought, and not into a pipe that nobody reads. */
const LOG_FLAGS =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

function openLog(repoRoot: string): Result<number, string> {
  const folder = join(repoRoot, STATE_FOLDER);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    return err(`${folder} is a symbolic link, which is not followed`);
  }
  try {
    makeStateFolder(repoRoot);
    return ok(openSync(logPathOf(repoRoot), LOG_FLAGS, 0o600));
  } catch (error) {
    return err(fileProblem(logPathOf(repoRoot), error));
  }
}

function spawnDaemon(context: CliContext, options: StartOptions): Result<StartedChild, string> {
  const { repoRoot } = options;
  const opened = openLog(repoRoot);
  if (!opened.ok) return opened;
  const log = opened.value;
  const logStart = fstatSync(log).size;
  const child = spawn(process.execPath, [...DAEMON_NODE_FLAGS, context.entryPath, 'daemon', ...daemonFlags(options)], {
    cwd: repoRoot,
    detached: true,
    stdio: ['ignore', log, log],
    env: context.env,
  });
  closeSync(log);
  let hasEnded = false;
  for (const event of ['exit', 'error']) {
    child.once(event, () => {
      hasEnded = true;
    });
  }
  child.unref();
  return ok({ hasEnded: () => hasEnded, logStart });
}

/** A daemon that refuses the repository has made nothing there but its log, which must not show in `git status` either. */
function makeStateFolder(repoRoot: string): void {
  const folder = join(repoRoot, STATE_FOLDER);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) writeFileSync(join(folder, '.gitignore'), '*\n');
}

const daemonFlags = ({ repoRoot, port, configPath, isSimulated }: StartOptions): readonly string[] => [
  '--repo-root',
  repoRoot,
  ...(port === null ? [] : ['--port', String(port)]),
  ...(configPath === null ? [] : ['--config', configPath]),
  ...(isSimulated ? ['--sim'] : []),
];

interface Starting {
  readonly child: StartedChild;
  readonly deadlineMs: number;
}

async function waitUntilReady(
  repoRoot: string,
  { child, deadlineMs }: Starting,
): Promise<Result<ClientInstance, string>> {
  for (;;) {
    const hasEnded = child.hasEnded();
    const isLate = performance.now() > deadlineMs;
    const instance = await findRunning(repoRoot);
    if (instance !== null) return ok(instance);
    if (hasEnded || isLate) {
      const tail = await readLogTail(logPathOf(repoRoot), child.logStart);
      const what = hasEnded ? 'it ended before it was ready' : `it is not ready after ${READY_LIMIT_MS / 1000} s`;
      return err(tail === '' ? what : `${what}: ${tail}`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Asks the daemon of `pid` to end and resolves when it has: `false` when it does not within its time. */
export async function stopDaemon(pid: number): Promise<boolean> {
  process.kill(pid, 'SIGTERM');
  const deadlineMs = performance.now() + STOP_LIMIT_MS;
  while (isPidAlive(pid)) {
    if (performance.now() > deadlineMs) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}
