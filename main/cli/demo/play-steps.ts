import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { viewOf } from '../../../contract/client/document.ts';
import { decideGate, listGates } from '../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { completeRun, startRun, submitStep } from '../../../contract/client/run-routes.ts';
import { waitForStep } from '../../../contract/client/step-routes.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { gatedTask, retriedTask } from './demo-tasks.ts';

const WAIT_LIMIT_MS = 20_000;

export interface Stage {
  readonly connection: Connection;
  readonly markerPath: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

type Played<T> = Promise<Result<T, ClientFailure>>;

/** The demo's own run, from its start to its end, through the API that everybody uses. Gives the run's id. */
export async function playSteps(stage: Stage): Played<string> {
  const { connection, markerPath, say } = stage;
  const run = await viewOf(startRun(connection, DEMO_RUN));
  if (!run.ok) return run;
  const runId = run.value.id;
  say('submitting a task whose validation fails once; its retry rule allows a second attempt');
  const retried = await submitAndWait(stage, { runId, task: retriedTask(markerPath) });
  if (!retried.ok) return retried;
  say('submitting a task that touches package.json; the policy puts a gate before it');
  const gated = await submitAndWait(stage, { runId, task: gatedTask() });
  if (!gated.ok) return gated;
  const approved = await approveGates(stage, gated.value);
  if (!approved.ok) return approved;
  const completed = await viewOf(completeRun(connection, runId));
  return completed.ok ? ok(runId) : completed;
}

const DEMO_RUN = {
  id: '',
  projectId: 'demo',
  conversationId: '',
  plannerId: '',
  executorId: '',
  closeWhenIdle: false,
};

interface Submission {
  readonly runId: string;
  readonly task: JsonValue;
}

async function submitAndWait({ connection, signal }: Stage, { runId, task }: Submission): Played<string> {
  const step = await viewOf(submitStep(connection, runId, task));
  if (!step.ok) return step;
  const wait = await viewOf(waitForStep(connection, step.value.id, { timeoutMs: WAIT_LIMIT_MS, signal }));
  return wait.ok ? ok(step.value.id) : wait;
}

async function approveGates({ connection, signal, say }: Stage, stepId: string): Played<null> {
  const gates = await viewOf(listGates(connection, { stepId, state: 'pending' }));
  if (!gates.ok) return gates;
  for (const gate of gates.value) {
    say(`approving ${gate.id}: ${gate.description}`);
    const decision = { action: 'approve', reason: 'the demo looked at the diff', digest: gate.subjectDigest };
    const decided = await decideGate(connection, gate.id, decision);
    if (!decided.ok) return decided;
  }
  const wait = await viewOf(waitForStep(connection, stepId, { timeoutMs: WAIT_LIMIT_MS, signal }));
  return wait.ok ? ok(null) : wait;
}
