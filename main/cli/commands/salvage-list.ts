import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { listSalvage } from '../../../contract/client/record-routes.ts';
import { defineCommand } from '../define-command.ts';
import { formatTable } from '../format-table.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'salvage list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showDocument(context, { isJson: flags.json, ask: listSalvage, describe }),
});

const COLUMNS = [
  { title: 'ATTEMPT', width: 28 },
  { title: 'ENDED AS', width: 24 },
  { title: 'WHERE', width: 40 },
];

function describe(entries: readonly ClientSalvageEntry[]): string {
  const rows = entries
    .map((entry) => ({ entry, places: placesOf(entry) }))
    .filter(({ places }) => places.length > 0)
    .map(({ entry, places }) => [entry.attemptId, entry.attemptState, oneLine(places.join(', '))]);
  return rows.length === 0 ? 'Nothing is saved.\n' : formatTable(COLUMNS, rows);
}

const placesOf = ({ refs, bundles, keptWorktree }: ClientSalvageEntry): readonly string[] => [
  ...refs.map(({ name }) => name),
  ...bundles.map(({ artifact }) => artifact),
  ...(keptWorktree === null ? [] : [keptWorktree]),
];
