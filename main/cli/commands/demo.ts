import type { ClientInstance } from '../../../contract/client/client-instance.ts';
import { EXIT } from '../../../contract/errors.ts';
import { nearestWord } from '../../../contract/nearest-word.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf, usageFailure } from '../cli-failure.ts';
import { connectionTo, startDaemon, stopDaemon } from '../daemon-control.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { bringAgent } from '../demo/agents/bring-agent.ts';
import { DEMO_AGENTS, isDemoAgent } from '../demo/agents/demo-agent-name.ts';
import { type DemoFolder, makeDemoFolder } from '../demo/demo-folder.ts';
import { playSteps } from '../demo/play-steps.ts';
import { showRecord } from '../demo/show-record.ts';
import { tryMakeFolder } from '../demo/try-make-folder.ts';

/**
 * A repository, a daemon, two tasks, a retry, a gate, the record of it all, and nothing left behind. With `--agent` a
 * vendor's program does the work, and asks first.
 */
export const command = defineCommand({
  usage: `demo [--agent <${DEMO_AGENTS.join('|')}>] [--ask] [--install] [--keep]`,
  words: { atLeast: 0, atMost: 0 },
  flags: { agent: 'text', ask: 'switch', install: 'switch', keep: 'switch' },
  run: (context, { flags }) => {
    if (flags.json) return refuse('the demo tells a story, for people: it has no document for --json');
    if (flags.agent !== undefined) return demonstrateAgent(context, flags.agent, flags);
    if (flags.ask || flags.install) return refuse('--ask and --install belong to --agent');
    return context.interruptible((signal) => runDemo(context, { isKept: flags.keep, signal }), { clearsUp: true });
  },
});

const refuse = async (sentence: string): CommandOutcome => err(usageFailure(sentence));

interface AgentFlags {
  readonly ask: boolean;
  readonly install: boolean;
  readonly keep: boolean;
}

async function demonstrateAgent(context: CliContext, agent: string, flags: AgentFlags): CommandOutcome {
  if (!isDemoAgent(agent)) {
    const meant = nearestWord(agent, DEMO_AGENTS);
    const hint = meant === null ? `one of ${DEMO_AGENTS.join(', ')}` : `did you mean ${meant}?`;
    return refuse(`the demo knows no agent ${JSON.stringify(agent)}: ${hint}`);
  }
  if (flags.ask && context.confirm === null) return refuse('--ask needs a terminal, where somebody can answer');
  const found = await bringAgent(context, { agent, mayInstall: flags.install });
  if (!found.ok) return found;
  const { runAgentDemo } = await import('../demo/agents/agent-demo.ts');
  const demo = { agent, found: found.value, isKept: flags.keep, isAsking: flags.ask };
  return context.interruptible((signal) => runAgentDemo(context, { ...demo, signal }), { clearsUp: true });
}

interface DemoOptions {
  readonly isKept: boolean;
  readonly signal: AbortSignal;
}

async function runDemo(context: CliContext, { isKept, signal }: DemoOptions): CommandOutcome {
  const folder = await tryMakeFolder(context.programName, makeDemoFolder);
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
    if (isKept && !signal.aborted) tellWhere(context, scene);
    else await clearUp(context, scene);
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

async function play(context: CliContext, { folder, daemon, signal }: Play): CommandOutcome {
  const { terminal, programName } = context;
  const connection = connectionTo(daemon);
  const say = (line: string): void => terminal.err(`→ ${line}\n`);
  const played = await playSteps({ connection, markerPath: folder.markerPath, signal, say });
  if (!played.ok) return err(failureOf(played.error, programName));
  const shown = await showRecord(context, connection, played.value);
  if (!shown.ok) return shown;
  const hasWorked = shown.value.runState === 'completed';
  if (!hasWorked) terminal.err(`The run should have completed; see what this machine lacks: ${programName} doctor\n`);
  return ok(shown.value.isWhole && hasWorked ? EXIT.ok : EXIT.failed);
}

function tellWhere({ terminal, programName }: CliContext, { folder, daemon }: Scene): void {
  terminal.out(`repository: ${folder.repoRoot}\ndaemon: ${daemon.baseUrl}\n`);
  terminal.err(`→ look around there with ${programName} run list; end it with ${programName} down\n`);
}

async function clearUp({ terminal }: CliContext, { folder, daemon }: Scene): Promise<void> {
  if (await stopDaemon(daemon.pid)) return folder.remove();
  terminal.err(`The daemon (pid ${daemon.pid}) has not ended; ${folder.repoRoot} is left to it.\n`);
}
