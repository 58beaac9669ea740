import { readStepArtifacts } from '../../../contract/client/artifact-routes.ts';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { getStep } from '../../../contract/client/step-routes.ts';
import { err, ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatBytes } from '../format-bytes.ts';
import { formatJson } from '../format-json.ts';
import { type Column, formatTable } from '../format-table.ts';
import { askDaemon, refusalOf } from '../show-document.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'artifact list <stepID> [--attempt id] [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: { attempt: 'text' },
  run: async (context, { words: [stepId = ''], flags }) => {
    const all = await askDaemon(context, (connection) => readStepArtifacts(connection, stepId));
    if (!all.ok) return all;
    const refused =
      all.value.length === 0 ? await refusalOf(context, (connection) => getStep(connection, stepId)) : null;
    if (refused !== null) return err(refused);
    const wanted = all.value.filter(({ view }) => flags.attempt === undefined || view.attemptId === flags.attempt);
    const { terminal } = context;
    if (flags.json) terminal.out(formatJson(wanted.map(({ json }) => json)));
    else
      terminal.out(
        describe(
          wanted.map(({ view }) => view),
          terminal.outScreen,
        ),
      );
    return ok(0);
  },
});

const COLUMNS: readonly Column[] = [
  { title: 'ARTIFACT ID', width: 40 },
  { title: 'NAME', width: 20, whenNarrow: 'shorten' },
  { title: 'TYPE', width: 12, whenNarrow: 'leave out' },
  { title: 'SIZE', width: 10, whenNarrow: 'leave out' },
];

const describe = (artifacts: readonly ClientArtifact[], screen: Screen): string =>
  artifacts.length === 0
    ? 'No artifacts recorded.\n'
    : formatTable(
        screen,
        COLUMNS,
        artifacts.map(({ id, name, type, sizeBytes }) => [id, oneLine(name), type, formatBytes(sizeBytes)]),
      );
