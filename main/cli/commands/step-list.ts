import type { ClientStep } from '../../../contract/client/client-step.ts';
import { listRunSteps } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatMinute } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { stepTone } from '../state-tone.ts';
import { isShown, oneLine, type Screen } from '../terminal.ts';
import { cutText } from '../text-width.ts';
import { parentForPeople } from '../unknown-parent.ts';

export const command = defineCommand({
  usage: 'step list <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [runId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listRunSteps(connection, runId),
      ...parentForPeople(context.terminal, flags, { run: runId }),
      describe: (steps, screen) =>
        steps.length === 0 && isShown(screen) ? `Run ${runId} has no steps yet.\n` : describe(steps, screen),
    }),
});

const COLUMNS: readonly Column[] = [
  { title: 'STEP ID', width: 24 },
  { title: 'TITLE', width: 20, whenNarrow: 'shorten' },
  { title: 'STATE', width: 20, tone: stepTone },
  { title: 'UPDATED', width: 20, whenNarrow: 'leave out' },
];

/** Also where nothing else is cut: a title may be a whole goal. */
const MAX_TITLE_WIDTH = 40;

const describe = (steps: readonly ClientStep[], screen: Screen): string =>
  formatTable(
    screen,
    COLUMNS,
    steps.map((step) => [
      step.id,
      cutText(oneLine(step.title), MAX_TITLE_WIDTH),
      step.state,
      formatMinute(step.updatedAtMs),
    ]),
  );
