import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeAgentHome } from '../../main/cli/demo/agents/agent-home.ts';
import { isolationEnv } from './isolation.ts';
import { MARK } from './marked-processes.ts';
import { type AgentName, OUR_NODE } from './programs.ts';

export interface HomeOptions {
  /** Of the scripted model, with the scenario: `model.baseUrl('write')`. */
  readonly baseUrl: string;
  /** Exists and is empty; the home and the temporary folder are made in it. */
  readonly folder: string;
  /** Whether the agent asks before it edits or runs anything; otherwise it may do all. */
  readonly canAsk?: boolean;
  /** How often it asks the model again, where it can be told; the vendor's own number otherwise. */
  readonly maxRetries?: number;
}

export type AgentEnv = Readonly<Record<string, string>>;

/**
 * A HOME in which an agent finds nothing but the scripted model, and the whole environment to start it with. Nothing of
 * the person's own configuration, keys or sessions is seen.
 */
export function makeHome(agent: AgentName, { baseUrl, folder, canAsk = false, maxRetries }: HomeOptions): AgentEnv {
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const own = makeAgentHome(agent, { home, baseUrl, canAsk, maxRetries: maxRetries ?? null });
  return { ...COMMON, ...isolationEnv(), [MARK]: folder, TMPDIR: temporary, ...own };
}

const COMMON: AgentEnv = {
  PATH: `${dirname(OUR_NODE)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  NO_COLOR: '1',
};
