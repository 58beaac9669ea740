import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../../contract/result.ts';
import { createDaemonLog } from './compose/daemon-log.ts';
import type { DaemonOptions } from './compose/daemon-options.ts';
import { type OpenDaemon, openDaemon } from './compose/open-daemon.ts';
import { recordInstance } from './services/record-instance.ts';
import { recover } from './services/recover.ts';
import { shutDown } from './services/shut-down.ts';

const BEAT_MS = 20_000;
const SHUTDOWN_LIMIT_MS = 28_000;

/**
 * Runs a daemon until it is told to end. The value is the exit code: 0 after a requested stop, 1 when it could not
 * start; the reason is on stderr in one sentence.
 */
export async function runDaemon(options: DaemonOptions): Promise<number> {
  const log = createDaemonLog((line) => process.stdout.write(line), Date.now);
  const opened = await openDaemon(options, log);
  if (!opened.ok) return refuse(opened.error);
  const daemon = opened.value;
  const stop = stopSignal();
  const life = live(daemon, { stop, onReady: options.onReady }).catch((error: unknown) => broken(daemon, error));
  const outcome = await Promise.race([life, limitAfter(stop)]);
  if (outcome === 'late') log('warn', 'left work for the next start');
  await daemon.close();
  log('info', 'stopped');
  return outcome === 'late' || outcome.ok ? 0 : refuse(outcome.error);
}

function refuse(sentence: string): 1 {
  process.stderr.write(`codencer: ${sentence}\n`);
  return 1;
}

interface Life {
  readonly stop: AbortSignal;
  readonly onReady: DaemonOptions['onReady'];
}

/** From the port to the end that somebody asks for. */
async function live(daemon: OpenDaemon, { stop, onReady }: Life): Promise<Result<void, string>> {
  const { context, dispatcher } = daemon;
  const started = await start(daemon, stop);
  if (!started.ok) return started;
  if (!stop.aborted) onReady?.();
  const beat = setInterval(() => dispatcher.beat(), BEAT_MS);
  const gone = await Promise.race([aborted(stop), daemon.gone]);
  clearInterval(beat);
  if (gone !== undefined) return endWithoutRecord(daemon, gone);
  const why = String(stop.reason);
  context.log('info', 'stopping', { why });
  await shutDown(context, dispatcher, why);
  return ok(undefined);
}

/** Nobody is left running whom no later daemon would know; what they made is for the next start, if it is still there. */
async function endWithoutRecord({ context, dispatcher }: OpenDaemon, sentence: string): Promise<Result<never, string>> {
  context.log('error', sentence);
  await dispatcher.stop();
  await context.processes.stopStrays();
  return err(sentence);
}

/**
 * Port before recovery, so that a second daemon never touches the record; recovery before anybody is served and anything
 * new starts. Who is asked to end meanwhile starts nothing any more.
 */
async function start(daemon: OpenDaemon, stop: AbortSignal): Promise<Result<void, string>> {
  const { context } = daemon;
  const listening = await daemon.listen();
  if (!listening.ok) return listening;
  const { baseUrl, repoRoot, version, pid } = daemon.instance();
  context.log('info', 'listening', { base_url: baseUrl });
  const recovery = await recover(context);
  if (recovery.attempts.length > 0) context.log('warn', 'finished what an earlier daemon left', { ...recovery });
  if (stop.aborted) return ok(undefined);
  recordInstance(context, 'instance.started', { version, pid });
  daemon.serve();
  const published = await daemon.publish();
  if (!published.ok) return published;
  daemon.startWork();
  context.log('info', 'ready', { base_url: baseUrl, repo_root: repoRoot });
  return ok(undefined);
}

/** Aborted with the name of the first signal that asks for the end. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => controller.abort(signal));
  return controller.signal;
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

/** Work is stopped and saved within the limit; what is not done by then is for the next start to finish. */
async function limitAfter(stop: AbortSignal): Promise<'late'> {
  await aborted(stop);
  return sleep(SHUTDOWN_LIMIT_MS, 'late' as const, { ref: false });
}

function broken({ context }: OpenDaemon, error: unknown): Result<never, string> {
  context.log('error', 'the daemon broke', { error });
  return err(`an internal error ended the daemon: ${error instanceof Error ? error.message : String(error)}`);
}
