import { resolve } from 'node:path';
import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { getInstance } from '../../../contract/client/instance-routes.ts';
import { getSalvage } from '../../../contract/client/record-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { restoreTree } from '../restore-tree.ts';
import { fetchView } from '../show-document.ts';
import { printable } from '../terminal.ts';

/** Without `--into` it prints the commands that bring the work back; with it, it writes the saved files there. */
export const command = defineCommand({
  usage: 'salvage restore <attemptID> [--into folder] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { into: 'text' },
  run: async (context, { words: [attemptId = ''], flags }) => {
    const entry = await fetchView(context, (connection) => getSalvage(connection, attemptId));
    if (!entry.ok) return entry;
    if (flags.into === undefined) return showCommands(context, entry.value, flags.json);
    return restoreInto(context, entry.value, { into: resolve(context.cwd, flags.into), isJson: flags.json });
  },
});

function showCommands({ terminal }: CliContext, { attemptId, restore }: ClientSalvageEntry, isJson: boolean) {
  const text = restore.length === 0 ? `Nothing of ${attemptId} is saved.\n` : `${restore.map(printable).join('\n')}\n`;
  if (restore.length > 0 && !isJson)
    terminal.err('Run this to have it back, or let --into <folder> write the files:\n');
  terminal.out(isJson ? formatJson({ attempt_id: attemptId, restore }) : text);
  return ok(0);
}

interface RestoreOptions {
  readonly into: string;
  readonly isJson: boolean;
}

async function restoreInto(context: CliContext, entry: ClientSalvageEntry, options: RestoreOptions): CommandOutcome {
  // Its top commit stands on the others and holds their files too.
  const newest = entry.refs.find(({ holds }) => holds === 'work');
  if (newest === undefined) {
    const nextStep = `What is kept of it: ${context.programName} salvage show ${entry.attemptId}`;
    return err({ ...restoring(`no commit of ${entry.attemptId} is saved`), nextStep });
  }
  const instance = await fetchView(context, getInstance);
  if (!instance.ok) return instance;
  const { repoRoot } = instance.value;
  const restored = await restoreTree({ repoRoot, commit: newest.commit, into: options.into });
  if (!restored.ok) return err(restoring(restored.error));
  const { files, skipped } = restored.value;
  const document = { attempt_id: entry.attemptId, commit: newest.commit, into: options.into, files, skipped };
  const lines = [
    `${files} files of ${entry.attemptId} are in ${options.into}`,
    ...skipped.map((one) => `Left out: ${one}`),
  ];
  context.terminal.out(options.isJson ? formatJson(document) : `${lines.map(printable).join('\n')}\n`);
  return ok(skipped.length === 0 ? EXIT.ok : EXIT.intervention);
}

const restoring = (message: string): CliFailure => ({
  error: 'restoring',
  message,
  exit: EXIT.usage,
  nextStep: 'Nothing that was there is changed. --into takes an empty folder, or one that is not there yet',
});
