import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { GitFailure } from '../git-failure.ts';
import { type ObjectFormat, zeroIdOf } from '../object-format.ts';
import { readRegularText } from '../read-regular-file.ts';
import type { RunOnRefs } from './lost-commits.ts';
import { objectIdsIn } from './object-ids-in.ts';

/** The commits of an agent, as a worktree's own git directory tells them. */
export interface AgentCommits {
  /** HEAD, attached or not; null when it names no commit. */
  readonly head: string | null;
  /** What HEAD says: a ref or a commit. */
  readonly headName: string | null;
  /** Every commit that a reflog, a pseudo-ref or the state of a merge or rebase names. */
  readonly mentioned: readonly string[];
}

export interface AgentQuestion {
  readonly gitDir: string;
  readonly objectFormat: ObjectFormat;
  /** A commit that is safe in any case. As long as only it is named, no process is needed. */
  readonly base: string | null;
  /** Where the refs are that all worktrees share. */
  readonly run: RunOnRefs;
}

export async function readAgentCommits(question: AgentQuestion): Promise<Result<AgentCommits, GitFailure>> {
  const { gitDir, objectFormat, base, run } = question;
  const ids = await objectIdsIn(gitDir, objectFormat);
  const unsafe = [...ids].filter((id) => id !== base && id !== zeroIdOf(objectFormat));
  const headName = await readHeadName(gitDir);
  if (unsafe.length === 0 && (headName === base || headName === null)) {
    return ok({ head: headName, headName, mentioned: [] });
  }
  const checked = await findCommits(run, [`${headName ?? zeroIdOf(objectFormat)}^{commit}`, ...unsafe]);
  if (!checked.ok) return checked;
  const [head = null, ...commits] = checked.value;
  return ok({ head, headName, mentioned: [...new Set(commits)].filter((commit) => commit !== null) });
}

/** What HEAD says: a commit, or the name of a ref that all worktrees share. Null when it says nothing usable. */
async function readHeadName(gitDir: string): Promise<string | null> {
  const text = await readLine(join(gitDir, 'HEAD'));
  const ref = /^ref: *(refs\/\S+)$/.exec(text)?.[1];
  if (ref === undefined) return /^[0-9a-f]{40,64}$/.test(text) ? text : null;
  // These refs are the worktree's own and lie in its folder. The reflog names their commits in any case.
  const isOwn = /^refs\/(worktree|bisect|rewritten)\//.test(ref) && !ref.includes('..');
  return isOwn ? (await readLine(join(gitDir, ref))) || null : ref;
}

const readLine = async (file: string): Promise<string> => (await readRegularText(file)).trim();

/** For each name the commit it means; null for what is not there or is no commit. */
export async function findCommits(
  run: RunOnRefs,
  names: readonly string[],
): Promise<Result<readonly (string | null)[], GitFailure>> {
  if (names.length === 0) return ok([]);
  const checked = await run({
    args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    input: names.map((name) => `${name}\n`).join(''),
  });
  if (!checked.ok) return checked;
  const lines = checked.value.stdout.toString('latin1').trimEnd().split('\n');
  return ok(lines.map((line) => /^([0-9a-f]{40,64}) commit$/.exec(line)?.[1] ?? null));
}
