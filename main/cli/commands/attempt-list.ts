import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { listStepAttempts } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatElapsed } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { stepTone } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';
import { parentOf } from '../unknown-parent.ts';

export const command = defineCommand({
  usage: 'attempt list <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listStepAttempts(connection, stepId),
      ...parentOf({ step: stepId }),
      describe: (attempts, screen) => describe(stepId, attempts, screen),
    }),
});

const COLUMNS: readonly Column[] = [
  { title: 'ATTEMPT', width: 24 },
  { title: 'STATE', width: 24, tone: stepTone },
  { title: 'EXECUTOR', width: 10, whenNarrow: 'leave out' },
  { title: 'TOOK', width: 10, whenNarrow: 'leave out' },
  { title: 'SUMMARY', width: 20, whenNarrow: 'shorten' },
];

function describe(stepId: string, attempts: readonly ClientAttempt[], screen: Screen): string {
  if (attempts.length === 0) return `Step ${stepId} has no attempt yet.\n`;
  return formatTable(
    screen,
    COLUMNS,
    attempts.map((attempt) => [
      attempt.id,
      attempt.state,
      attempt.executor,
      tookOf(attempt),
      oneLine(attempt.failureClass === '' ? attempt.summary : `${attempt.failureClass}: ${attempt.summary}`),
    ]),
  );
}

const tookOf = ({ startedAtMs, endedAtMs }: ClientAttempt): string =>
  startedAtMs === null || endedAtMs === null ? '' : formatElapsed(endedAtMs - startedAtMs);
