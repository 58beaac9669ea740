import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { getSalvage } from '../../../contract/client/record-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { fileName, printable } from '../terminal.ts';

export const command = defineCommand({
  usage: 'salvage show <attemptID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [attemptId = ''], flags }) =>
    showDocument(context, { isJson: flags.json, ask: (connection) => getSalvage(connection, attemptId), describe }),
});

function describe(entry: ClientSalvageEntry): string {
  const lines = [
    `--- Saved work: ${entry.attemptId} (${entry.attemptState}) ---`,
    ...(entry.containsSecret ? ['It contains something that looks like a secret: do not share it as it is.'] : []),
    ...entry.refs.map(({ name, commit }) => `Ref:       ${name} ${commit}`),
    ...entry.bundles.map(({ path, artifact }) => `Bundle:    ${fileName(path)} → ${artifact}`),
    ...(entry.keptWorktree === null ? [] : [`Worktree:  ${fileName(entry.keptWorktree)}`]),
    ...entry.notSaved.map(({ path, reason }) => `Not saved: ${fileName(path)} (${reason})`),
    ...(isNothingLeft(entry) ? ['Nothing of it is kept: it made nothing, or its work was given up.'] : []),
    ...(entry.restore.length === 0 ? [] : ['', 'Bring it back with:', ...entry.restore.map((line) => `  ${line}`)]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

const isNothingLeft = ({ refs, bundles, keptWorktree }: ClientSalvageEntry): boolean =>
  refs.length + bundles.length === 0 && keptWorktree === null;
