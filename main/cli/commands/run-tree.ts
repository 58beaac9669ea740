import type { JsonObject } from '../../../contract/client/json-value.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { drawRunTree } from '../run-tree/draw-run-tree.ts';
import { type RunTree, readRunTree } from '../run-tree/read-run-tree.ts';
import { askDaemon } from '../show-document.ts';
import { formatTree } from '../text-tree.ts';

export const command = defineCommand({
  usage: 'run tree <runID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [runId = ''], flags }) => {
    const tree = await askDaemon(context, (connection) => readRunTree(connection, runId));
    if (!tree.ok) return tree;
    const { terminal } = context;
    terminal.out(
      flags.json
        ? formatJson(documentOf(tree.value))
        : formatTree(drawRunTree(tree.value, Date.now()), terminal.outScreen),
    );
    return ok(0);
  },
});

/** What the daemon sent, put together. */
const documentOf = ({ run, phases }: RunTree): JsonObject => ({
  run: run.json,
  phases: phases.map(({ phase, steps }) => ({
    ...phase.json,
    steps: steps.map(({ step, attempts, gates }) => ({
      ...step.json,
      attempts: attempts.map(({ json }) => json),
      gates: gates.map(({ json }) => json),
    })),
  })),
});
