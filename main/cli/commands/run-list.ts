import type { ClientRun } from '../../../contract/client/client-run.ts';
import { listRuns } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatMinute } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { runTone } from '../state-tone.ts';
import { isShown, oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'run list [--project p] [--conversation c] [--state s] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: { project: 'text', conversation: 'text', state: 'text' },
  run: (context, { flags }) => {
    const filter = { projectId: flags.project, conversationId: flags.conversation, state: flags.state };
    const ask = (connection: Parameters<typeof listRuns>[0]) => listRuns(connection, filter);
    return showDocument(context, {
      isJson: flags.json,
      ask,
      describe: (runs, screen) => (runs.length === 0 && isShown(screen) ? noRuns(flags) : describe(runs, screen)),
    });
  },
});

const noRuns = (filter: { readonly [name: string]: string | boolean | undefined }): string =>
  Object.values(filter).some((value) => typeof value === 'string') ? 'No such runs.\n' : 'No runs yet.\n';

const COLUMNS: readonly Column[] = [
  { title: 'ID', width: 24 },
  { title: 'STATE', width: 15, tone: runTone },
  { title: 'PROJECT', width: 15, whenNarrow: 'shorten' },
  { title: 'CONVERSATION', width: 15, whenNarrow: 'shorten' },
  { title: 'CREATED', width: 16, whenNarrow: 'leave out' },
];

const describe = (runs: readonly ClientRun[], screen: Screen): string =>
  formatTable(
    screen,
    COLUMNS,
    runs.map((run) => [
      run.id,
      run.state,
      oneLine(run.projectId),
      oneLine(run.conversationId),
      formatMinute(run.createdAtMs),
    ]),
  );
