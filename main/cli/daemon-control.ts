import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs';
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
import { httpFetch } from './http-fetch.ts';
import { isPidAlive, readInstanceFile, readToken, STATE_FOLDER } from './instance-file.ts';
import { readLogTail } from './read-log-tail.ts';

/** Recovery of a large record may take its time; a daemon that is not there after this is stuck. */
const READY_LIMIT_MS = 60_000;
/** The daemon itself gives up after 30 s. */
const STOP_LIMIT_MS = 40_000;
const LOOK_EVERY_MS = 20;
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
  readonly isSimulated: boolean;
}

/** Starts a daemon that outlives this process, and resolves when it answers. */
export async function startDaemon(
  context: CliContext,
  options: StartOptions,
): Promise<Result<ClientInstance, CliFailure>> {
  const { repoRoot } = options;
  mkdirSync(join(repoRoot, STATE_FOLDER), { recursive: true, mode: 0o700 });
  const log = openSync(logPathOf(repoRoot), 'a', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawn(process.execPath, [context.entryPath, 'daemon', ...daemonFlags(options)], {
    cwd: repoRoot,
    detached: true,
    stdio: ['ignore', log, log],
    env: context.env,
  });
  closeSync(log);
  let hasEnded = false;
  for (const event of ['exit', 'error']) child.once(event, () => (hasEnded = true));
  child.unref();
  return waitUntilReady(repoRoot, { logStart, hasEnded: () => hasEnded });
}

const daemonFlags = ({ repoRoot, port, isSimulated }: StartOptions): readonly string[] => [
  '--repo-root',
  repoRoot,
  ...(port === null ? [] : ['--port', String(port)]),
  ...(isSimulated ? ['--sim'] : []),
];

interface Starting {
  readonly logStart: number;
  readonly hasEnded: () => boolean;
}

async function waitUntilReady(
  repoRoot: string,
  { logStart, hasEnded }: Starting,
): Promise<Result<ClientInstance, CliFailure>> {
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  for (;;) {
    const isLastLook = hasEnded() || performance.now() > deadlineMs;
    // Somebody else's daemon is as good: of two that start at once, one steps back.
    const instance = await findRunning(repoRoot);
    if (instance !== null) return ok(instance);
    if (isLastLook) return err(await notReady(repoRoot, { logStart, hasEnded }));
    await sleep(LOOK_EVERY_MS);
  }
}

async function notReady(repoRoot: string, { logStart, hasEnded }: Starting): Promise<CliFailure> {
  const tail = await readLogTail(logPathOf(repoRoot), logStart);
  const what = hasEnded()
    ? 'the daemon ended before it was ready'
    : `the daemon is not ready after ${READY_LIMIT_MS / 1000} s`;
  return {
    error: 'starting the daemon',
    message: tail === '' ? what : `${what}: ${tail}`,
    exit: EXIT.infrastructure,
    nextStep: `Its log: ${logPathOf(repoRoot)}`,
  };
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
