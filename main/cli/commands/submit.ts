import type { ClientStep } from '../../../contract/client/client-step.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { abortRun, startRun, submitStep } from '../../../contract/client/run-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { printsForPeople } from '../prints-for-people.ts';
import { readTask } from '../read-task.ts';
import { fetchDocument, fetchView, readDocument } from '../show-document.ts';
import { explainSubmit, readOrder, SUBMIT_FLAGS, type SubmitFlags, type SubmitOrder } from '../submit-source.ts';
import { resolveTarget } from '../target.ts';
import { explainTaskKeys, unknownTaskKeys } from '../task-keys.ts';
import { oneLine, printable } from '../terminal.ts';
import { waitForStepToEnd } from '../wait-for-step.ts';
import { DEFAULT_LIMITS } from '../wait-limits.ts';

const USAGE = `submit <runID>|--new-run <source> [flags] [--wait] [--json]
Exactly one source:
  <task-file>           a TaskSpec as YAML or JSON
  --task-json <path|->  a TaskSpec as JSON, from a file or standard input
  --prompt-file <path>  a text that becomes the goal
  --goal <text>         the goal itself
  --stdin               the goal from standard input
With the last three only: --title, --context, --adapter, --timeout <seconds>, --policy, --acceptance and --validation
(both may be repeated).
With --new-run, instead of a run ID: [--project p] [--close-when-idle].
The input is kept word for word as original-input.*, next to normalized-task.json.

Keys of a TaskSpec:
${explainTaskKeys()}`;

export const command = defineCommand({
  usage: USAGE,
  words: { atLeast: 0, atMost: 3 },
  flags: SUBMIT_FLAGS,
  explain: explainSubmit,
  run: async (context, { words, flags }) => {
    if (words.length === 0 && isNothingGiven(flags)) {
      context.terminal.err(`Usage: ${context.programName} ${USAGE}\n`);
      return ok(EXIT.usage);
    }
    const order = readOrder(words, flags);
    if (!order.ok) return order;
    const task = await readTask(context, order.value);
    if (!task.ok) return task;
    for (const sentence of unknownTaskKeys(task.value)) context.terminal.err(`${printable(sentence)}\n`);
    const runId = await findRun(context, order.value, task.value);
    if (!runId.ok) return runId;
    const body = { ...task.value, run_id: runId.value };
    const submitted = await fetchDocument(context, (connection) => submitStep(connection, runId.value, body));
    if (!submitted.ok)
      return refused(context, { failure: submitted.error, order: order.value, task: task.value, runId: runId.value });
    const isForPeople = printsForPeople(context.terminal, { isJson: flags.json });
    if (!isForPeople && !(flags.json && flags.wait)) context.terminal.out(formatJson(submitted.value.json));
    const step = readDocument(context, submitted.value);
    if (isForPeople && step.ok) context.terminal.out(describeSubmitted(step.value));
    if (flags.wait) return step.ok ? waitFor(context, step.value, flags) : step;
    if (isForPeople && step.ok) context.terminal.out(waysToFollow(context.programName, step.value));
    if (!isForPeople && !flags.json && step.ok) context.terminal.err(guidance(context.programName, step.value));
    return isForPeople && !step.ok ? step : ok(0);
  },
});

const isNothingGiven = (flags: SubmitFlags): boolean =>
  Object.values(flags).every(
    (value) => value === undefined || value === false || (Array.isArray(value) && value.length === 0),
  );

const ownRunId = (task: JsonObject): string => (typeof task['run_id'] === 'string' ? task['run_id'] : '');

/** The run that was named, or a new one. It stays open unless asked otherwise: a step of a closed run cannot be retried. */
async function findRun(context: CliContext, order: SubmitOrder, task: JsonObject): Promise<Result<string, CliFailure>> {
  if (order.runId !== '') return ok(order.runId);
  const projectId = order.flags.project ?? (typeof task['project_id'] === 'string' ? task['project_id'] : '');
  const run = {
    id: ownRunId(task),
    projectId,
    conversationId: '',
    plannerId: '',
    executorId: '',
    closeWhenIdle: order.flags.closeWhenIdle,
  };
  const started = await fetchView(context, (connection) => startRun(connection, run));
  if (!started.ok) return started;
  const until = order.flags.closeWhenIdle
    ? ''
    : `, also for more steps; close it with: ${context.programName} run complete ${started.value.id}`;
  context.terminal.err(`==> Run ${started.value.id} is open${until}\n`);
  return ok(started.value.id);
}

interface RefusedSubmit {
  readonly failure: CliFailure;
  readonly order: SubmitOrder;
  readonly task: JsonObject;
  readonly runId: string;
}

/** A refused task leaves no open run behind. One that the task itself names may have been there before: it stays. */
async function refused(context: CliContext, { failure, order, task, runId }: RefusedSubmit) {
  const isOurs = order.runId === '' && ownRunId(task) === '' && failure.status !== undefined && failure.status < 500;
  if (isOurs) {
    const target = resolveTarget(context);
    const aborted = target.ok ? await abortRun(target.value, runId) : target;
    const after = aborted.ok
      ? 'is closed again: nothing was submitted'
      : `stays open: ${context.programName} run abort ${runId}`;
    context.terminal.err(`==> Run ${runId} ${after}\n`);
  }
  return err(failure);
}

function waitFor(context: CliContext, { id }: ClientStep, { json: isJson }: { readonly json: boolean }) {
  if (!printsForPeople(context.terminal, { isJson })) context.terminal.err(`==> Auto-waiting for Step ${id}...\n`);
  return waitForStepToEnd(context, id, { ...DEFAULT_LIMITS, hasAnswered: true, isJson });
}

const describeSubmitted = ({ id, runId, title }: ClientStep): string =>
  `Step ${id} is submitted to run ${runId}: ${oneLine(title)}\n`;

const waysToFollow = (programName: string, { id }: ClientStep): string =>
  `\n  ${programName} step watch ${id}\n  ${programName} step wait ${id}\n`;

const guidance = (programName: string, { id }: ClientStep): string =>
  [
    '',
    `[SUCCESS] Unified Step UUID: ${id}`,
    '[GUIDE] To monitor transition:',
    `  ${programName} step wait ${id}`,
    '[GUIDE] To view total audit trail:',
    `  ${programName} step result ${id}`,
    '',
  ].join('\n');
