import { basename, dirname, join } from 'node:path';
import { err, type Result } from '../../../../../contract/result.ts';
import { abortedFailure, type GitFailure } from '../git-failure.ts';
import { recall } from '../worktree-memory.ts';
import { type AgentCommits, readAgentCommits } from './agent-commits.ts';
import type { SalvageRequest } from './salvage-result.ts';
import { runOnRefs } from './save-rest.ts';

/** The commits that a worktree of ours knows. */
export async function readOwnCommits(request: SalvageRequest): Promise<Result<AgentCommits, GitFailure>> {
  const { repository, worktree } = request;
  const gitDir = recall(repository, worktree)?.adminDir ?? worktree.adminDir;
  if (!isPlaceOfGit(request, gitDir)) return err(misled(request, gitDir));
  return readAgentCommits({ ...repository, gitDir, base: worktree.base, run: runOnRefs(request) });
}

/** Git calls its folder for a worktree as the worktree's own is called, with a number where that is taken. */
function isPlaceOfGit({ repository, worktree }: SalvageRequest, gitDir: string): boolean {
  const [name, own] = [basename(gitDir), basename(worktree.path)];
  const isOwn = name.startsWith(own) && /^\d*$/.test(name.slice(own.length));
  return isOwn && dirname(gitDir) === join(repository.commonDir, 'worktrees');
}

const misled = ({ worktree }: SalvageRequest, gitDir: string): GitFailure => ({
  ...abortedFailure('salvage', worktree.path),
  code: 'files_failed',
  message: `the note beside the worktree ${worktree.path} was tampered with: it names ${gitDir} as git's folder for it`,
});
