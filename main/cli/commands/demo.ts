import type { ClientInstance } from '../../../contract/client/client-instance.ts';
import { viewOf } from '../../../contract/client/document.ts';
import { verifyAudit } from '../../../contract/client/record-routes.ts';
import { getRun } from '../../../contract/client/run-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf } from '../cli-failure.ts';
import { connectionTo, startDaemon, stopDaemon } from '../daemon-control.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { type DemoFolder, makeDemoFolder } from '../demo/demo-folder.ts';
import { playSteps } from '../demo/play-steps.ts';
import { readRunTree } from '../demo/run-tree.ts';
import { formatTree } from '../text-tree.ts';

/** A repository, a daemon, two tasks, a retry, a gate, the record of it all, and nothing left behind. */
export const command = defineCommand({
  usage: 'demo [--keep]',
  words: { atLeast: 0, atMost: 0 },
  flags: { keep: 'switch' },
  run: (context, { flags }) => context.interruptible((signal) => runDemo(context, { isKept: flags.keep, signal })),
});

interface DemoOptions {
  readonly isKept: boolean;
  readonly signal: AbortSignal;
}

async function runDemo(context: CliContext, { isKept, signal }: DemoOptions): CommandOutcome {
  const folder = await makeFolder(context.programName);
  if (!folder.ok) return folder;
  context.terminal.err(`A small repository: ${folder.value.repoRoot}\n`);
  const started = await startHere(context, folder.value);
  if (!started.ok) {
    await folder.value.remove();
    return started;
  }
  const scene = { folder: folder.value, daemon: started.value };
  try {
    return await play(context, { ...scene, signal });
  } finally {
    if (isKept) tellWhere(context, scene);
    else await clearUp(context, scene);
  }
}

async function makeFolder(programName: string): Promise<Result<DemoFolder, CliFailure>> {
  try {
    return ok(await makeDemoFolder());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const nextStep = `See what this machine lacks: ${programName} doctor`;
    return err({ error: 'making the repository of the demo', message, exit: EXIT.infrastructure, nextStep });
  }
}

async function startHere(context: CliContext, { repoRoot }: DemoFolder): Promise<Result<ClientInstance, CliFailure>> {
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !OWN_SETTINGS.has(name)));
  const started = await startDaemon({ ...context, env }, { repoRoot, port: 0, configPath: null, isSimulated: false });
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

interface Scene {
  readonly folder: DemoFolder;
  readonly daemon: ClientInstance;
}

interface Play extends Scene {
  readonly signal: AbortSignal;
}

async function play({ terminal, programName }: CliContext, { folder, daemon, signal }: Play): CommandOutcome {
  const connection = connectionTo(daemon);
  const say = (line: string): void => terminal.err(`→ ${line}\n`);
  const played = await playSteps({ connection, markerPath: folder.markerPath, signal, say });
  if (!played.ok) return err(failureOf(played.error, programName));
  const tree = await readRunTree(connection, played.value);
  if (!tree.ok) return err(failureOf(tree.error, programName));
  terminal.out(`\n${formatTree(tree.value, terminal.outScreen)}\n`);
  const verified = await viewOf(verifyAudit(connection));
  if (!verified.ok) return err(failureOf(verified.error, programName));
  const { isOk, events, artifacts } = verified.value;
  terminal.out(
    `record: ${isOk ? 'holds' : 'does NOT hold'} (${events} chained events, ${artifacts} artifacts re-hashed)\n`,
  );
  const run = await viewOf(getRun(connection, played.value));
  if (!run.ok) return err(failureOf(run.error, programName));
  const hasWorked = run.value.state === 'completed';
  if (!hasWorked) terminal.err(`The run should have completed; see what this machine lacks: ${programName} doctor\n`);
  return ok(isOk && hasWorked ? EXIT.ok : EXIT.failed);
}

function tellWhere({ terminal, programName }: CliContext, { folder, daemon }: Scene): void {
  terminal.out(`repository: ${folder.repoRoot}\ndaemon: ${daemon.baseUrl}\n`);
  terminal.err(`→ look around there with ${programName} run list; end it with ${programName} down\n`);
}

async function clearUp({ terminal }: CliContext, { folder, daemon }: Scene): Promise<void> {
  if (await stopDaemon(daemon.pid)) return folder.remove();
  terminal.err(`The daemon (pid ${daemon.pid}) has not ended; ${folder.repoRoot} is left to it.\n`);
}
