import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { listGates } from '../../../contract/client/gate-routes.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { showDocument } from '../show-document.ts';
import { gateTone } from '../state-tone.ts';
import { isShown, oneLine, type Screen } from '../terminal.ts';
import { parentOf } from '../unknown-parent.ts';

export const command = defineCommand({
  usage: 'gate list [--run id] [--step id] [--state pending|approved|rejected|expired|withdrawn] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: { run: 'text', step: 'text', state: 'text' },
  run: (context, { flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listGates(connection, { runId: flags.run, stepId: flags.step, state: flags.state }),
      ...parentOf(flags),
      describe: (gates, screen) =>
        gates.length === 0 && isShown(screen) ? noGates(flags.state) : describe(gates, screen),
    }),
});

const noGates = (state: string | undefined): string => (state === undefined ? 'No gates.\n' : `No ${state} gates.\n`);

const COLUMNS: readonly Column[] = [
  { title: 'GATE ID', width: 32 },
  { title: 'STATE', width: 10, tone: gateTone },
  { title: 'KIND', width: 10, whenNarrow: 'leave out' },
  { title: 'WHAT', width: 30, whenNarrow: 'shorten' },
];

const describe = (gates: readonly ClientGate[], screen: Screen): string =>
  formatTable(
    screen,
    COLUMNS,
    gates.map((gate) => [gate.id, gate.state, gate.kind, oneLine(gate.description)]),
  );
