import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { DemoAgentName } from './demo-agent-name.ts';
import { DEMO_AGENT_FACTS } from './demo-agents.ts';
import { PINNED_FOLDER, PINNED_PROGRAMS } from './pinned-programs.ts';

export interface FoundAgent {
  /** An absolute path, with the arguments that come before all others. */
  readonly program: readonly [string, ...string[]];
  /** How it was found, to be told. */
  readonly from: string;
}

export interface AgentSearch {
  readonly agent: DemoAgentName;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of this project. */
  readonly root: string;
}

/**
 * The vendor's program: where its variable points, in PATH, or the pinned one. Null: it is nowhere. An error: the
 * variable points to nothing, which is told rather than passed over.
 */
export async function findAgent({ agent, env, root }: AgentSearch): Promise<Result<FoundAgent | null, string>> {
  const { programName, programVariable } = DEMO_AGENT_FACTS[agent];
  const named = env[programVariable] ?? '';
  if (named !== '') {
    const path = await findInPath(named, env['PATH'] ?? '');
    return path === null
      ? err(`${programVariable} names ${JSON.stringify(named)}, and no program is there`)
      : ok({ program: [path], from: programVariable });
  }
  const installed = await findInPath(programName, env['PATH'] ?? '');
  if (installed !== null) return ok({ program: [installed], from: 'PATH' });
  const { file, nodeFlags } = PINNED_PROGRAMS[agent];
  const path = join(root, PINNED_FOLDER, 'node_modules', file);
  if (!(await isFile(path, nodeFlags === null ? constants.X_OK : constants.R_OK))) return ok(null);
  const program: FoundAgent['program'] = nodeFlags === null ? [path] : [process.execPath, ...nodeFlags, path];
  return ok({ program, from: PINNED_FOLDER });
}

async function findInPath(name: string, searched: string): Promise<string | null> {
  const folders = name.includes('/') ? [] : searched.split(delimiter).filter((folder) => isAbsolute(folder));
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  for (const path of candidates) if (await isFile(path, constants.X_OK)) return path;
  return null;
}

async function isFile(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for us
  }
}
