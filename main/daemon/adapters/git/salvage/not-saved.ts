import type { Capture } from '../capture-tree.ts';
import { textOfPath } from '../path-text.ts';
import type { Unstaged } from '../stage-files.ts';
import type { NotSaved, SalvageLimits } from './salvage-result.ts';

/** What a capture could not take, as entries of the result. */
export const problemsOf = (capture: Capture, limits: SalvageLimits): readonly NotSaved[] => [
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
  ...capture.oversized.map(
    ({ path, sizeBytes }): NotSaved => ({
      path: textOfPath(path),
      code: 'too_large',
      reason: tooLarge(sizeBytes, limits),
      keepsWorktree: true,
    }),
  ),
  ...unstagedProblems(capture.unstaged),
];

const tooLarge = (sizeBytes: number, { fileBytes, totalBytes }: SalvageLimits): string =>
  sizeBytes > fileBytes
    ? `a file of ${sizeBytes} bytes; the limit is ${fileBytes}`
    : `changed files are more than ${totalBytes} bytes together`;

const CODES = { unreadable: 'unreadable', changing: 'changing', 'name-refused': 'name_refused' } as const;

export const unstagedProblems = (unstaged: readonly Unstaged[]): readonly NotSaved[] =>
  unstaged.map(({ path, problem, detail }) => ({
    path: textOfPath(path),
    code: CODES[problem],
    reason: detail,
    keepsWorktree: true,
  }));
