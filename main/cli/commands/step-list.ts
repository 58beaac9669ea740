import type { ClientStep } from '../../../contract/client/client-step.ts';
import { listRunSteps } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { formatTable } from '../format-table.ts';
import { formatMinute } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'step list <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [runId = ''], flags }) =>
    showDocument(context, { isJson: flags.json, ask: (connection) => listRunSteps(connection, runId), describe }),
});

const COLUMNS = [
  { title: 'STEP ID', width: 24 },
  { title: 'TITLE', width: 20 },
  { title: 'STATE', width: 20 },
  { title: 'UPDATED', width: 20 },
];

const MAX_TITLE_LENGTH = 40;

const describe = (steps: readonly ClientStep[]): string =>
  formatTable(
    COLUMNS,
    steps.map((step) => [
      step.id,
      oneLine(step.title).slice(0, MAX_TITLE_LENGTH),
      step.state,
      formatMinute(step.updatedAtMs),
    ]),
  );
