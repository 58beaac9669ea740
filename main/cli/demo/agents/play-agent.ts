import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientFailure } from '../../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../../contract/client/client-gate.ts';
import { viewOf } from '../../../../contract/client/document.ts';
import { decideGate, getGate, listGates } from '../../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { completeRun, startRun, submitStep } from '../../../../contract/client/run-routes.ts';
import { waitForStep } from '../../../../contract/client/step-routes.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Terminal } from '../../terminal.ts';
import type { GateAnswer } from './answer-gate.ts';
import { askUntilDecided } from './ask-until-decided.ts';
import { DEMO_PROFILE } from './demo-profile.ts';
import { showWork } from './show-work.ts';

export interface AgentStage {
  readonly connection: Connection;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Shows what the agent asks and gives the answer. */
  readonly answer: (gate: ClientGate, signal: AbortSignal) => Promise<GateAnswer>;
}

export interface PlayedRun {
  readonly runId: string;
  readonly stepId: string;
  readonly stepState: string;
  /** False: it waits for somebody. */
  readonly isTerminal: boolean;
  /** How many questions were answered with yes, and with no. */
  readonly allowed: number;
  readonly rejected: number;
}

type Played<T> = Promise<Result<T, ClientFailure>>;

/** Names no file: the scripted model writes the one that it writes when nobody names one. */
export const AGENT_TASK = {
  version: 'v1',
  step_id: 'add-a-file',
  title: 'Add a file',
  goal: 'Add the file scripted-model.txt with one line of text.',
  adapter_profile: DEMO_PROFILE,
  expects_changes: 'yes',
  validations: [{ name: 'the file is there', command: 'test -s scripted-model.txt' }],
};

const AGENT_RUN = {
  id: 'demo',
  projectId: 'demo',
  conversationId: '',
  plannerId: '',
  executorId: '',
  closeWhenIdle: false,
};

/** One task for the agent, from its submission to its end, through the API that everybody uses. */
export async function playAgent(stage: AgentStage): Played<PlayedRun> {
  const { connection, terminal, signal } = stage;
  const run = await viewOf(startRun(connection, AGENT_RUN));
  if (!run.ok) return run;
  const runId = run.value.id;
  stage.say(`giving it a task: ${AGENT_TASK.goal}`);
  const step = await viewOf(submitStep(connection, runId, AGENT_TASK));
  if (!step.ok) return step;
  const stepId = step.value.id;
  const shown = showWork({ connection, stepId, terminal, signal });
  const ended = await answerUntilEnded(stage, stepId);
  if (!ended.ok) return ended;
  await shown;
  const played = ok({ runId, stepId, ...ended.value });
  // A step that needs somebody keeps its run open.
  if (!ended.value.isTerminal) return played;
  const completed = await viewOf(completeRun(connection, runId));
  return completed.ok ? played : completed;
}

const WAIT_LIMIT_MS = 20_000;
/** So that what the agent does is read before what it asks. */
const LET_READ_MS = 150;

async function answerUntilEnded(stage: AgentStage, stepId: string): Played<Omit<PlayedRun, 'runId' | 'stepId'>> {
  const { connection, signal } = stage;
  const counts = { allowed: 0, rejected: 0 };
  for (;;) {
    const wait = await viewOf(waitForStep(connection, stepId, { timeoutMs: WAIT_LIMIT_MS, signal }));
    if (!wait.ok) return wait;
    const { isTerminal, hasTimedOut, gates: waiting, state } = wait.value;
    if (isTerminal || (!hasTimedOut && waiting.length === 0)) return ok({ ...counts, stepState: state, isTerminal });
    const gates = await viewOf(listGates(connection, { stepId, state: 'pending' }));
    if (!gates.ok) return gates;
    if (gates.value.length > 0) await sleep(LET_READ_MS);
    for (const gate of gates.value) {
      const ask = (decided: AbortSignal): Promise<GateAnswer> => stage.answer(gate, decided);
      const answer = await askUntilDecided({ connection, gateId: gate.id, signal, ask });
      // Ctrl-C instead of an answer is no answer.
      if (signal.aborted) return err({ kind: 'aborted' });
      const decided = await decide(connection, gate, answer);
      if (!decided.ok) return decided;
      counts[decided.value ? 'allowed' : 'rejected'] += 1;
    }
  }
}

const ALREADY_DECIDED = 409;

/** Whether it is allowed. Somebody else may have answered meanwhile, in the dashboard for one: then that counts. */
async function decide(connection: Connection, gate: ClientGate, { isAllowed, reason }: GateAnswer): Played<boolean> {
  const decided = await decideGate(connection, gate.id, {
    action: isAllowed ? 'approve' : 'reject',
    reason,
    digest: gate.subjectDigest,
  });
  if (decided.ok) return ok(isAllowed);
  if (decided.error.kind !== 'refused' || decided.error.status !== ALREADY_DECIDED) return decided;
  const now = await viewOf(getGate(connection, gate.id));
  return now.ok ? ok(now.value.state === 'approved') : now;
}
