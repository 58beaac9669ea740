import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { STATE_FOLDER } from '../../instance-file.ts';
import { makeDemoFolder } from '../demo-folder.ts';
import type { ScriptedModel } from '../scripted-model/scripted-model.ts';
import { makeAgentHome } from './agent-home.ts';
import type { DemoAgentName } from './demo-agent-name.ts';
import { DEMO_AGENT_FACTS } from './demo-agents.ts';
import { DEMO_PROFILE, demoProfile } from './demo-profile.ts';
import type { FoundAgent } from './find-agent.ts';

const run = promisify(execFile);

type Environment = Readonly<Record<string, string | undefined>>;

export interface AgentFolder {
  readonly repoRoot: string;
  /** The HOME of the daemon and of the agent that it starts. */
  readonly home: string;
  /** All that the daemon is started with, and so all that the agent sees. */
  readonly env: Readonly<Record<string, string>>;
  /** One sentence about the checkout that the agent did not work in. */
  readonly describeCheckout: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export interface AgentFolderOptions {
  readonly agent: DemoAgentName;
  readonly found: FoundAgent;
  readonly model: Pick<ScriptedModel, 'baseUrl'>;
  /** The person's own; nothing of it is passed on but where programs are and which language is spoken. */
  readonly env: Environment;
}

/** A repository with a profile for the agent, and a home for it, in a temporary folder of their own. */
export async function makeAgentFolder({ agent, found, model, env }: AgentFolderOptions): Promise<AgentFolder> {
  const { repoRoot, remove } = await makeDemoFolder();
  const facts = DEMO_AGENT_FACTS[agent];
  const home = join(dirname(repoRoot), 'home');
  const temporary = join(dirname(repoRoot), 'tmp');
  const settings = { home, baseUrl: model.baseUrl(facts.scenario), canAsk: true, maxRetries: 1 };
  const ofAgent = makeAgentHome(agent, settings);
  await mkdir(temporary);
  const profiles = join(repoRoot, STATE_FOLDER, 'executors');
  await mkdir(profiles, { recursive: true, mode: 0o700 });
  await writeFile(join(profiles, `${DEMO_PROFILE}.yaml`), demoProfile(facts, found.program));
  return {
    repoRoot,
    home,
    env: { ...passedOn(env), TMPDIR: temporary, ...ofAgent },
    describeCheckout: () => describeCheckout(repoRoot),
    remove,
  };
}

const PASSED_ON = ['LANG', 'LC_ALL', 'USER', 'LOGNAME', 'SHELL'];

function passedOn(env: Environment): Readonly<Record<string, string>> {
  const kept = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...Object.fromEntries(kept), PATH: withoutNpm(env['PATH'] ?? ''), TERM: 'dumb', NO_COLOR: '1' };
}

/** `npm run` puts the programs of this project before the person's own. */
const withoutNpm = (path: string): string =>
  path
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/.test(folder))
    .join(delimiter);

async function describeCheckout(repoRoot: string): Promise<string> {
  const status = await run('git', ['status', '--porcelain'], { cwd: repoRoot });
  const worktrees = await run('git', ['worktree', 'list', '--porcelain'], { cwd: repoRoot });
  const others = worktrees.stdout.split('\n').filter((line) => line.startsWith('worktree ')).length - 1;
  const checkout = status.stdout === '' ? 'as it was' : `CHANGED:\n${status.stdout.trimEnd()}`;
  return `your checkout: ${checkout}; worktrees left: ${others === 0 ? 'none' : others}`;
}
