import type { Capture } from '../capture-tree.ts';
import { textOfPath } from '../path-text.ts';
import type { Unstaged } from '../stage-files.ts';
import type { NotSaved } from './salvage-result.ts';

/** What a capture could not take, as entries of the result. */
export const problemsOf = (capture: Capture): readonly NotSaved[] => [
  ...capture.unreadable.map(
    ({ path, reason }): NotSaved => ({
      path: textOfPath(path),
      code: 'unreadable',
      reason: `it cannot be read (${reason})`,
      keepsWorktree: true,
    }),
  ),
  ...capture.specials.map(
    ({ path, kind }): NotSaved => ({
      path: textOfPath(path),
      code: 'special_file',
      reason: kind === 'device' ? 'a device cannot be saved' : `a ${kind} holds no data`,
      keepsWorktree: kind === 'device',
    }),
  ),
  ...unstagedProblems(capture.unstaged),
];

const CODES = { unreadable: 'unreadable', changing: 'changing', 'name-refused': 'name_refused' } as const;

export const unstagedProblems = (unstaged: readonly Unstaged[]): readonly NotSaved[] =>
  unstaged.map(({ path, problem, detail }) => ({
    path: textOfPath(path),
    code: CODES[problem],
    reason: detail,
    keepsWorktree: true,
  }));
