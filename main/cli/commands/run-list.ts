import type { ClientRun } from '../../../contract/client/client-run.ts';
import { listRuns } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { formatTable } from '../format-table.ts';
import { formatMinute } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'run list [--project p] [--conversation c] [--state s] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: { project: 'text', conversation: 'text', state: 'text' },
  run: (context, { flags }) => {
    const filter = { projectId: flags.project, conversationId: flags.conversation, state: flags.state };
    const ask = (connection: Parameters<typeof listRuns>[0]) => listRuns(connection, filter);
    return showDocument(context, { isJson: flags.json, ask, describe });
  },
});

const COLUMNS = [
  { title: 'ID', width: 24 },
  { title: 'STATE', width: 15 },
  { title: 'PROJECT', width: 15 },
  { title: 'CONVERSATION', width: 15 },
  { title: 'CREATED', width: 16 },
];

const describe = (runs: readonly ClientRun[]): string =>
  formatTable(
    COLUMNS,
    runs.map((run) => [
      run.id,
      run.state,
      oneLine(run.projectId),
      oneLine(run.conversationId),
      formatMinute(run.createdAtMs),
    ]),
  );
