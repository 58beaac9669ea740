import type { ClientInstance } from '../../../contract/client/client-instance.ts';
import { viewOf } from '../../../contract/client/document.ts';
import { verifyAudit } from '../../../contract/client/record-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf } from '../cli-failure.ts';
import { connectionTo, startDaemon, stopDaemon } from '../daemon-control.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { type DemoFolder, makeDemoFolder } from '../demo/demo-folder.ts';
import { playSteps } from '../demo/play-steps.ts';
import { readRunTree } from '../demo/run-tree.ts';
import { formatTree } from '../demo/text-tree.ts';

/** A repository, a daemon, two tasks, a retry, a gate, the record of it all, and nothing left behind. */
export const command = defineCommand({
  usage: 'demo [--keep]',
  words: { atLeast: 0, atMost: 0 },
  flags: { keep: 'switch' },
  run: async (context, { flags }) => {
    const folder = await makeDemoFolder();
    context.terminal.err(`A small repository: ${folder.repoRoot}\n`);
    let daemon: ClientInstance | null = null;
    try {
      const started = await startHere(context, folder);
      if (!started.ok) return started;
      daemon = started.value;
      return await context.interruptible((signal) => play(context, { folder, daemon: started.value, signal }));
    } finally {
      if (flags.keep && daemon !== null) {
        context.terminal.out(`repository: ${folder.repoRoot}\ndaemon: ${daemon.baseUrl}\n`);
      } else {
        await clearUp(folder, daemon);
      }
    }
  },
});

async function startHere(context: CliContext, { repoRoot }: DemoFolder): Promise<Result<ClientInstance, CliFailure>> {
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !OWN_SETTINGS.has(name)));
  const started = await startDaemon({ ...context, env }, { repoRoot, port: 0, isSimulated: false });
  if (started.ok) context.terminal.err(`A daemon for it: ${started.value.baseUrl} (pid ${started.value.pid})\n`);
  return started;
}

/** Settings for another daemon of this user, which the demo's own must not follow. */
const OWN_SETTINGS = new Set([
  'HOST',
  'PORT',
  'REPO_ROOT',
  'DB_PATH',
  'ARTIFACT_ROOT',
  'WORKSPACE_ROOT',
  'ALL_ADAPTERS_SIMULATION_MODE',
  'FORCE_GATE_FOR_TESTING',
  'ORCHESTRATORD_URL',
]);

interface Play {
  readonly folder: DemoFolder;
  readonly daemon: ClientInstance;
  readonly signal: AbortSignal;
}

async function play({ terminal, programName }: CliContext, { folder, daemon, signal }: Play): CommandOutcome {
  const connection = connectionTo(daemon);
  const say = (line: string): void => terminal.err(`→ ${line}\n`);
  const played = await playSteps({ connection, markerPath: folder.markerPath, signal, say });
  if (!played.ok) return err(failureOf(played.error, programName));
  const tree = await readRunTree(connection, played.value);
  if (!tree.ok) return err(failureOf(tree.error, programName));
  terminal.out(`\n${formatTree(tree.value)}\n`);
  const verified = await viewOf(verifyAudit(connection));
  if (!verified.ok) return err(failureOf(verified.error, programName));
  const { isOk, events, artifacts } = verified.value;
  terminal.out(
    `record: ${isOk ? 'holds' : 'does NOT hold'} (${events} chained events, ${artifacts} artifacts re-hashed)\n`,
  );
  return ok(isOk ? EXIT.ok : EXIT.failed);
}

async function clearUp(folder: DemoFolder, daemon: ClientInstance | null): Promise<void> {
  if (daemon !== null) await stopDaemon(daemon.pid);
  await folder.remove();
}
