import { dirname } from 'node:path';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { listStepArtifacts } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'step artifacts <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listStepArtifacts(connection, stepId),
      describe: (artifacts) => describe(stepId, artifacts),
    }),
});

function describe(stepId: string, artifacts: readonly ClientArtifact[]): string {
  const title = `--- Artifacts for Step: ${stepId} ---\n`;
  if (artifacts.length === 0) return `${title}No artifacts recorded.\n`;
  const groups = [...Map.groupBy(artifacts, ({ attemptId }) => attemptId)];
  const body = groups.map(([attemptId, list]) => {
    const folder = oneLine(dirname(list[0]?.path ?? ''));
    const lines = list.map(
      ({ type, name, mediaType, sizeBytes }) =>
        `  - [${type}] ${oneLine(name).padEnd(20)} (${mediaType}, ${sizeBytes} bytes)`,
    );
    return `\nAttempt ${attemptId}:\n  Directory: ${folder}\n${lines.join('\n')}\n`;
  });
  return `${title}${body.join('')}\n-------------------------------\n`;
}
