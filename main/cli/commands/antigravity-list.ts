import { type ClientAntigravity, listAntigravity } from '../../../contract/client/antigravity-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { showDocument } from '../show-document.ts';
import { isShown, oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'antigravity list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showDocument(context, { isJson: flags.json, ask: listAntigravity, describe }),
});

const COLUMNS: readonly Column[] = [
  { title: 'PID', width: 8 },
  { title: 'PORT', width: 8 },
  { title: 'REACHABLE', width: 12 },
  { title: 'WORKSPACE', width: 20, whenNarrow: 'shorten' },
];

const describe = (instances: readonly ClientAntigravity[], screen: Screen): string =>
  instances.length === 0 && isShown(screen)
    ? 'No Antigravity instances.\n'
    : formatTable(
        screen,
        COLUMNS,
        instances.map(({ pid, httpsPort, isReachable, workspaceRoot }) => [
          String(pid),
          String(httpsPort),
          isReachable ? 'yes' : 'no',
          oneLine(workspaceRoot),
        ]),
      );
