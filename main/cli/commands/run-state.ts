import type { ClientRun } from '../../../contract/client/client-run.ts';
import { getRun } from '../../../contract/client/run-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describeRecord } from '../describe-record.ts';
import { formatSecond } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { paint, runTone } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'run state <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [runId = ''], flags }) =>
    showDocument(context, { isJson: flags.json, ask: (connection) => getRun(connection, runId), describe }),
});

const describe = (run: ClientRun, screen: Screen): string =>
  describeRecord(screen, {
    inheritedTitle: `--- Run State: ${run.id} ---`,
    title: `Run ${run.id}`,
    facts: [
      ['State', paint(screen, runTone(run.state), run.state)],
      ['Project', oneLine(run.projectId)],
      ['Conversation', oneLine(run.conversationId)],
      ['Planner', oneLine(run.plannerId)],
      ['Executor', oneLine(run.executorId)],
      ['Created', formatSecond(run.createdAtMs)],
      ['Updated', formatSecond(run.updatedAtMs)],
    ],
  });
