import type { ClientStep } from '../../../contract/client/client-step.ts';
import { getStep } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describeRecord } from '../describe-record.ts';
import { formatSecond } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { paint, stepTone } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'step state <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showDocument(context, { isJson: flags.json, ask: (connection) => getStep(connection, stepId), describe }),
});

const describe = (step: ClientStep, screen: Screen): string =>
  describeRecord(screen, {
    inheritedTitle: `--- Step State: ${step.id} ---`,
    title: `Step ${step.id}`,
    facts: [
      ['State', paint(screen, stepTone(step.state), step.state)],
      ...(step.statusReason === '' ? [] : [['Reason', oneLine(step.statusReason)] as const]),
      ['Title', oneLine(step.title)],
      ['Executor', step.executor],
      ...(step.runId === '' ? [] : [['Run', step.runId] as const]),
      ['Created', formatSecond(step.createdAtMs)],
      ['Updated', formatSecond(step.updatedAtMs)],
    ],
  });
