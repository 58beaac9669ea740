import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bad, type Check, fine } from './check.ts';

const run = promisify(execFile);

/** `worktree add --lock --reason` and `rev-parse --path-format` are this old. */
const OLDEST = [2, 34] as const;

export async function checkGit(): Promise<Check> {
  const text = await gitVersion();
  if (text === null) return bad('git', 'git is not found or does not start', 'Install git 2.34 or newer');
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(text)?.[0] ?? '0.0').split('.').map(Number);
  const isRecent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return isRecent ? fine('git', text) : bad('git', text, 'Install git 2.34 or newer');
}

async function gitVersion(): Promise<string | null> {
  try {
    return (await run('git', ['--version'])).stdout.trim();
  } catch {
    return null; // the check says that it does not start; why is the system's business
  }
}
