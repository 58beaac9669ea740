import type { GitFailure } from './git-failure.ts';

export type RefusalCode =
  | 'git_missing'
  | 'git_too_old'
  | 'root_missing'
  | 'unusable_path'
  | 'not_a_repository'
  | 'not_repository_root'
  | 'inside_git_directory'
  | 'bare_repository'
  | 'redirected'
  | 'no_commit'
  | 'dubious_ownership'
  | 'unsupported_format'
  | 'brings_our_files'
  | 'unreadable_repository';

/** Why a folder cannot be worked in. The message says what to do. */
export interface RepositoryRefusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly evidence: GitFailure | null;
}

export const refusal = (code: RefusalCode, message: string, evidence: GitFailure | null = null): RepositoryRefusal => ({
  code,
  message,
  evidence,
});

/** What git said when it was asked about a folder, as one of our refusals. */
export function refusalFor(root: string, failure: GitFailure): RepositoryRefusal {
  const { code, stderrTail } = failure;
  if (code === 'git_missing') {
    return refusal(
      'git_missing',
      'git could not be started; install git and make sure that it is on the PATH',
      failure,
    );
  }
  const known = KNOWN_WORDS.find(({ words }) => words.test(stderrTail));
  if (known !== undefined) return refusal(known.code, known.message(root), failure);
  return refusal('unreadable_repository', `git cannot read the repository in ${root}: ${failure.message}`, failure);
}

const KNOWN_WORDS: readonly {
  readonly words: RegExp;
  readonly code: RefusalCode;
  readonly message: (root: string) => string;
}[] = [
  {
    words: /dubious ownership/,
    code: 'dubious_ownership',
    message: (root) =>
      `${root} belongs to another user; if you trust it, run: git config --global --add safe.directory ${root}`,
  },
  {
    words: /not a git repository/i,
    code: 'not_a_repository',
    message: (root) => `${root} is not a git repository; run git init and make a first commit, or name another folder`,
  },
  {
    words: /unknown repository (extension|version)|Expected git repo version|unknown ref storage/i,
    code: 'unsupported_format',
    message: (root) => `the repository in ${root} has a format that this git does not read; install a newer git`,
  },
];
