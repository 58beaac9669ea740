import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '../../contract/result.ts';
import { createDaemonLog } from './compose/daemon-log.ts';
import type { DaemonOptions } from './compose/daemon-options.ts';
import { type OpenDaemon, openDaemon } from './compose/open-daemon.ts';
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
  if (!opened.ok) {
    process.stderr.write(`codencer: ${opened.error}\n`);
    return 1;
  }
  const daemon = opened.value;
  const stop = stopSignal();
  const started = await start(daemon);
  if (!started.ok) {
    process.stderr.write(`codencer: ${started.error}\n`);
    await daemon.close();
    return 1;
  }
  log('info', 'ready', { base_url: daemon.instance().baseUrl, repo_root: daemon.instance().repoRoot });
  const beat = setInterval(() => daemon.dispatcher.beat(), BEAT_MS);
  const why = await stop;
  clearInterval(beat);
  await end(daemon, why);
  return 0;
}

/** Port before recovery, so that a second daemon never touches the record; recovery before the first new attempt. */
async function start(daemon: OpenDaemon): Promise<Result<void, string>> {
  const listening = await daemon.listen();
  if (!listening.ok) return listening;
  const recovery = await recover(daemon.context);
  if (recovery.attempts.length > 0) daemon.context.log('warn', 'finished what an earlier daemon left', { ...recovery });
  daemon.becomeReady();
  return daemon.publish();
}

/** Resolves with the name of the first signal that asks for the end. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
  });
}

/** Work is stopped and saved within the limit; what is not done by then is for the next start to finish. */
async function end(daemon: OpenDaemon, why: string): Promise<void> {
  daemon.context.log('info', 'stopping', { why });
  const ending = shutDown(daemon.context, daemon.dispatcher, why);
  const limit = sleep(SHUTDOWN_LIMIT_MS, 'late' as const, { ref: false });
  if ((await Promise.race([ending, limit])) === 'late') daemon.context.log('warn', 'left work for the next start', {});
  await daemon.close();
  daemon.context.log('info', 'stopped');
}
