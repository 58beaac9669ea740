import { type ClientAntigravity, getAntigravityStatus } from '../../../contract/client/antigravity-routes.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: 'antigravity status [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showDocument(context, { isJson: flags.json, ask: getAntigravityStatus, describe }),
});

function describe(bound: ClientAntigravity | null): string {
  if (bound === null) return 'No Antigravity instance currently bound to this repo.\n';
  const { pid, httpsPort, isReachable, workspaceRoot } = bound;
  if (!isReachable) return `Status:      STALE (Process not reachable)\nPID:         ${pid}\n`;
  const workspace = workspaceRoot === '' ? '' : `Workspace:   ${oneLine(workspaceRoot)}\n`;
  return `Status:      BOUND\nPID:         ${pid}\nPort:        ${httpsPort}\n${workspace}`;
}
