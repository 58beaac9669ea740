import { EXIT } from '../../../../contract/errors.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { CliContext } from '../../cli-context.ts';
import type { CliFailure } from '../../cli-failure.ts';
import type { DemoAgentName } from './demo-agent-name.ts';
import { DEMO_AGENT_FACTS } from './demo-agents.ts';
import { type FoundAgent, findAgent } from './find-agent.ts';
import { howToGet, INSTALL_COMMAND, installAgents } from './install-agents.ts';
import { projectRoot } from './project-root.ts';

export interface WantedAgent {
  readonly agent: DemoAgentName;
  /** Whether it may be installed without asking. */
  readonly mayInstall: boolean;
}

/** Finds the vendor's program, or brings it when the person says so. */
export async function bringAgent(
  context: CliContext,
  { agent, mayInstall }: WantedAgent,
): Promise<Result<FoundAgent, CliFailure>> {
  const { title, programName } = DEMO_AGENT_FACTS[agent];
  const root = projectRoot(context.entryPath);
  const find = () => findAgent({ agent, env: context.env, root });
  const present = await find();
  if (!present.ok) return err(notHere(present.error, 'Set it to where the program is, or unset it'));
  if (present.value !== null) return ok(present.value);
  const sentence = howToGet(title, programName);
  if (!mayInstall && !(await isWanted(context, sentence)))
    return err(notHere(sentence, `Bring it: ${again(context, agent)}`));
  context.terminal.err(`→ ${INSTALL_COMMAND}\n`);
  const exitCode = await installAgents({ root, env: context.env });
  const brought = exitCode === 0 ? await find() : present;
  if (brought.ok && brought.value !== null) return ok(brought.value);
  const problem = exitCode === 0 ? `npm brought no ${title} for this machine` : `npm ended with ${exitCode}`;
  return err(notHere(problem, `What was tried, in ${root}: ${INSTALL_COMMAND}`));
}

/** At a terminal the person is asked; anywhere else nothing is brought unasked. */
async function isWanted({ terminal, confirm }: CliContext, sentence: string): Promise<boolean> {
  if (confirm === null) return false;
  terminal.err(`${sentence}.\n`);
  return confirm('Bring it now?');
}

/** In the words of who started it: after `npm run` our own name may be in nobody's PATH. */
function again({ programName, env }: CliContext, agent: DemoAgentName): string {
  const command = env['npm_lifecycle_event'] === 'demo' ? 'npm run demo --' : `${programName} demo`;
  return `${command} --agent ${agent} --install`;
}

const notHere = (message: string, nextStep: string): CliFailure => ({
  error: 'finding the agent',
  message,
  exit: EXIT.usage,
  nextStep,
});
