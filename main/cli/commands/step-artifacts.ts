import { dirname } from 'node:path';
import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import { listStepArtifacts } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';
import { parentForPeople } from '../unknown-parent.ts';

export const command = defineCommand({
  usage: 'step artifacts <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listStepArtifacts(connection, stepId),
      ...parentForPeople(context.terminal, flags, { step: stepId }),
      describe: (artifacts) => describe(stepId, artifacts),
    }),
});

function describe(stepId: string, artifacts: readonly ClientArtifact[]): string {
  const title = `--- Artifacts for Step: ${stepId} ---\n`;
  if (artifacts.length === 0) return `${title}No artifacts recorded.\n`;
  const groups = [...Map.groupBy(artifacts, ({ attemptId }) => attemptId)];
  const body = groups.map(([attemptId, list]) => {
    const folders = [...Map.groupBy(list, folderOf)];
    const parts = folders.map(([folder, files]) => `  Directory: ${oneLine(folder)}\n${files.map(lineOf).join('')}`);
    return `\nAttempt ${attemptId}:\n${parts.join('')}`;
  });
  return `${title}${body.join('')}\n-------------------------------\n`;
}

/** The folder that the name is relative to: a name may have folders of its own. */
const folderOf = ({ path, name }: ClientArtifact): string =>
  path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : dirname(path);

const lineOf = ({ type, name, mediaType, sizeBytes }: ClientArtifact): string =>
  `  - [${type}] ${oneLine(name).padEnd(20)} (${mediaType}, ${sizeBytes} bytes)\n`;
