import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { plural } from '../../words/format-number.ts';

/** What is kept, counted: `1 ref, 2 bundles, the folder`. */
export function keptWords({ refs, bundles, keptWorktree }: ClientSalvageEntry): string {
  const parts = [
    refs.length === 0 ? '' : plural(refs.length, 'ref'),
    bundles.length === 0 ? '' : plural(bundles.length, 'bundle'),
    keptWorktree === null ? '' : 'its folder',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing any more' : parts.join(', ');
}

/** Worktrees that are still there first: something could not be saved out of them. */
export const foldersFirst = (entries: readonly ClientSalvageEntry[]): readonly ClientSalvageEntry[] =>
  entries.toSorted((one, other) => Number(other.keptWorktree !== null) - Number(one.keptWorktree !== null));

export const matches = ({ attemptId, stepId, runId, refs, keptWorktree }: ClientSalvageEntry, text: string): boolean =>
  [attemptId, stepId, runId, keptWorktree ?? '', ...refs.map(({ name }) => name)].some((one) =>
    one.toLowerCase().includes(text.trim().toLowerCase()),
  );
