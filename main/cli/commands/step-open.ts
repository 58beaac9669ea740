import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { getSalvage } from '../../../contract/client/record-routes.ts';
import { listStepAttempts } from '../../../contract/client/step-routes.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { fetchView } from '../show-document.ts';
import { fileName, printable } from '../terminal.ts';

export const command = defineCommand({
  usage: 'step open <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [stepId = ''], flags }) => {
    const work = await findWork(context, stepId);
    if (!work.ok) return work;
    const { attemptId, worktree, restore } = work.value;
    const document = { step_id: stepId, attempt_id: attemptId, worktree, restore };
    context.terminal.out(flags.json ? formatJson(document) : describe(stepId, work.value));
    return ok(0);
  },
});

/** Where the work of a step can be looked at: a folder that is there, or commands that bring it back. */
interface Work {
  readonly attemptId: string;
  readonly worktree: string | null;
  readonly restore: readonly string[];
}

async function findWork(context: CliContext, stepId: string): Promise<Result<Work, CliFailure>> {
  const attempts = await fetchView(context, (connection) => listStepAttempts(connection, stepId));
  if (!attempts.ok) return attempts;
  const newest = attempts.value.toSorted((one, other) => other.number - one.number)[0];
  if (newest === undefined) return ok({ attemptId: '', worktree: null, restore: [] });
  const worktree = presentWorktree(newest);
  const saved = newest.salvage;
  if (saved === null || saved.refs.length + saved.bundles.length === 0) {
    return ok({ attemptId: newest.id, worktree, restore: [] });
  }
  const entry = await fetchView(context, (connection) => getSalvage(connection, newest.id));
  return entry.ok ? ok({ attemptId: newest.id, worktree, restore: entry.value.restore }) : entry;
}

/** The worktree of a live attempt, or one that was kept because not everything in it could be saved. */
const presentWorktree = ({ endedAtMs, worktreePath, salvage }: ClientAttempt): string | null =>
  endedAtMs === null && worktreePath !== '' ? worktreePath : (salvage?.keptWorktree ?? null);

function describe(stepId: string, { attemptId, worktree, restore }: Work): string {
  if (attemptId === '') return `Step ${stepId} has no attempt yet: there is nothing to open.\n`;
  const lines = [
    ...(worktree === null ? [] : [`The worktree of ${attemptId} is on disk:`, `  ${fileName(worktree)}`]),
    ...(restore.length === 0 ? [] : [`The work of ${attemptId} is saved; bring it back with:`]),
    ...restore.map((line) => `  ${printable(line)}`),
  ];
  return `${lines.length === 0 ? `Nothing of ${attemptId} is saved or on disk.` : lines.join('\n')}\n`;
}
