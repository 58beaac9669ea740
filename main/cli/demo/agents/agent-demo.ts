import { once } from 'node:events';
import type { ClientExecutor } from '../../../../contract/client/client-executor.ts';
import type { ClientInstance } from '../../../../contract/client/client-instance.ts';
import { viewOf } from '../../../../contract/client/document.ts';
import { getExecutor } from '../../../../contract/client/executor-routes.ts';
import { EXIT } from '../../../../contract/errors.ts';
import { err, ok } from '../../../../contract/result.ts';
import type { CliContext } from '../../cli-context.ts';
import { failureOf } from '../../cli-failure.ts';
import { connectionTo, startDaemon } from '../../daemon-control.ts';
import type { CommandOutcome } from '../../define-command.ts';
import { oneLine } from '../../terminal.ts';
import { type ScriptedModel, startScriptedModel } from '../scripted-model/scripted-model.ts';
import { showRecord } from '../show-record.ts';
import { tryMakeFolder } from '../try-make-folder.ts';
import { type AgentFolder, makeAgentFolder } from './agent-folder.ts';
import { answerGate } from './answer-gate.ts';
import { clearUp } from './clear-up.ts';
import type { DemoAgentName } from './demo-agent-name.ts';
import { DEMO_AGENT_FACTS } from './demo-agents.ts';
import { DEMO_PROFILE } from './demo-profile.ts';
import type { FoundAgent } from './find-agent.ts';
import { howToPlay } from './how-to-play.ts';
import { type PlayedRun, playAgent } from './play-agent.ts';
import { projectRoot } from './project-root.ts';

export interface AgentDemo {
  readonly agent: DemoAgentName;
  readonly found: FoundAgent;
  readonly isKept: boolean;
  /** Whether the person at the terminal answers what the agent asks. */
  readonly isAsking: boolean;
  readonly signal: AbortSignal;
}

/** The vendor's own program at work: with a model that follows a script, in a home and a repository of the demo. */
export async function runAgentDemo(context: CliContext, demo: AgentDemo): CommandOutcome {
  const model = await startScriptedModel({ pauseMs: MODEL_PAUSE_MS });
  try {
    const made = await tryMakeFolder(context.programName, () => makeAgentFolder({ ...demo, model, env: context.env }));
    if (!made.ok) return made;
    const folder = made.value;
    const started = await startDaemon({ ...context, env: folder.env }, { ...ANY_PORT, repoRoot: folder.repoRoot });
    if (!started.ok) {
      await folder.remove();
      return started;
    }
    return await playAndClear(context, { ...demo, model, folder, daemon: started.value });
  } finally {
    await model.close();
  }
}

/** Slow enough to be watched. */
const MODEL_PAUSE_MS = 40;
const ANY_PORT = { port: 0, configPath: null, isSimulated: false };

export interface AgentScene extends AgentDemo {
  readonly model: ScriptedModel;
  readonly folder: AgentFolder;
  readonly daemon: ClientInstance;
}

async function playAndClear(context: CliContext, scene: AgentScene): CommandOutcome {
  let outcome: Awaited<CommandOutcome> = ok(EXIT.failed);
  let isClean = false;
  try {
    outcome = await play(context, scene);
    if (outcome.ok && scene.isKept) await keep(context, scene);
  } finally {
    isClean = await clearUp(context, { ...scene, title: DEMO_AGENT_FACTS[scene.agent].title });
  }
  return outcome.ok && !isClean ? ok(EXIT.failed) : outcome;
}

async function play(context: CliContext, scene: AgentScene): CommandOutcome {
  const { terminal, programName } = context;
  const { isAsking, folder } = scene;
  const connection = connectionTo(scene.daemon);
  const { title } = DEMO_AGENT_FACTS[scene.agent];
  const executor = await viewOf(getExecutor(connection, { name: DEMO_PROFILE, anew: false, signal: scene.signal }));
  if (!executor.ok) return err(failureOf(executor.error, programName));
  introduce(context, scene, executor.value);
  const played = await playAgent({
    connection,
    terminal,
    signal: scene.signal,
    say: (line) => terminal.err(`→ ${line}\n`),
    answer: (gate, signal) => answerGate(context, { gate, title, isAsking, repoRoot: folder.repoRoot, signal }),
  });
  if (!played.ok) return err(failureOf(played.error, programName));
  const record = await showRecord(context, connection, played.value.runId);
  if (!record.ok) return record;
  const checkout = await folder.describeCheckout();
  terminal.out(`${checkout}\n`);
  const hasWorked = isAsExpected(played.value);
  if (!hasWorked) terminal.err(unexpected(title));
  return ok(record.value.isWhole && hasWorked ? EXIT.ok : EXIT.failed);
}

const unexpected = (title: string): string =>
  `${title} should have asked first, and then have done it. With --keep everything stays up to be looked into.\n`;

/** Allowed and done; or not allowed, and so not done. */
const isAsExpected = ({ stepState, allowed, rejected }: PlayedRun): boolean =>
  rejected > 0 ? stepState !== 'completed' : allowed > 0 && stepState === 'completed';

function introduce(
  { terminal }: CliContext,
  { agent, found, folder, daemon }: AgentScene,
  executor: ClientExecutor,
): void {
  const { title } = DEMO_AGENT_FACTS[agent];
  const version = executor.version === null ? '' : ` ${oneLine(executor.version)}`;
  terminal.err(
    `${title}${version} will work for you, with a model that follows a script.\n` +
      'No account is needed, and nothing leaves this machine. It gets a home and a\n' +
      'repository of its own; your login and settings are not used.\n\n' +
      `  program:    ${found.program.at(-1)} (found in ${found.from})\n` +
      `  repository: ${folder.repoRoot}\n` +
      `  daemon:     ${daemon.baseUrl} (pid ${daemon.pid})\n\n`,
  );
}

/** Until Ctrl-C, or the end of this terminal. */
async function keep(context: CliContext, { agent, folder, signal, model }: AgentScene): Promise<void> {
  const { terminal } = context;
  terminal.out(`repository: ${folder.repoRoot}\nmodel: ${model.baseUrl(DEMO_AGENT_FACTS[agent].scenario)}\n`);
  terminal.err('→ Model and daemon stay up until you press Ctrl-C here, or close this terminal. In another one:\n');
  terminal.err(howToPlay(context, { repoRoot: folder.repoRoot, root: projectRoot(context.entryPath) }));
  if (!signal.aborted) await once(signal, 'abort');
}
