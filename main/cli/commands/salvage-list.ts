import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { listSalvage } from '../../../contract/client/record-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { showDocument } from '../show-document.ts';
import { stepTone } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'salvage list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showDocument(context, { isJson: flags.json, ask: listSalvage, describe }),
});

const COLUMNS: readonly Column[] = [
  { title: 'ATTEMPT', width: 28 },
  { title: 'ENDED AS', width: 24, tone: stepTone },
  { title: 'WHERE', width: 40, whenNarrow: 'shorten' },
];

function describe(entries: readonly ClientSalvageEntry[], screen: Screen): string {
  const rows = entries
    .map((entry) => ({ entry, places: placesOf(entry) }))
    .filter(({ places }) => places.length > 0)
    .map(({ entry, places }) => [entry.attemptId, entry.attemptState, oneLine(places.join(', '))]);
  return rows.length === 0 ? 'Nothing is saved.\n' : formatTable(screen, COLUMNS, rows);
}

const placesOf = ({ refs, bundles, keptWorktree }: ClientSalvageEntry): readonly string[] => [
  ...refs.map(({ name }) => name),
  ...bundles.map(({ artifact }) => artifact),
  ...(keptWorktree === null ? [] : [keptWorktree]),
];
