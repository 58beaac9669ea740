import { getRun } from '../../../contract/client/run-routes.ts';
import { getStepResult } from '../../../contract/client/step-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { describeResult } from '../describe-result.ts';
import { formatJson } from '../format-json.ts';
import { fetchDocument, fetchView, readDocument } from '../show-document.ts';

export const command = defineCommand({
  usage: 'step result <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [stepId = ''], flags }) => {
    const document = await fetchDocument(context, (connection) => getStepResult(connection, stepId));
    if (!document.ok) return document;
    if (flags.json) {
      context.terminal.out(formatJson(document.value.json));
      return ok(0);
    }
    const result = readDocument(context, document.value);
    if (!result.ok) return result;
    const { runId } = result.value;
    // The run only adds its project: a result without it is still the result.
    const run = runId === '' ? null : await fetchView(context, (connection) => getRun(connection, runId));
    const screen = context.terminal.outScreen;
    const facts = { stepId, result: result.value, run: run?.ok === true ? run.value : null, screen };
    context.terminal.out(describeResult(context.programName, facts));
    return ok(0);
  },
});
