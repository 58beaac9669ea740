import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAttemptLive } from '../../../../contract/attempt-state.ts';
import { StepId } from '../../../../contract/ids.ts';
import { isStepInFlight, isTerminalStep, RESOLVABLE_STATES, type StepState } from '../../../../contract/step-state.ts';
import { abortRun } from '../../../../main/daemon/services/abort-run.ts';
import { cancelStep } from '../../../../main/daemon/services/cancel-step.ts';
import { decideGate } from '../../../../main/daemon/services/decide-gate.ts';
import { resolveStep } from '../../../../main/daemon/services/resolve-step.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import { submitStep } from '../../../../main/daemon/services/submit-step.ts';
import {
  GATED_POLICY,
  openScriptedServices,
  RUN,
  type ScriptedEnd,
  type ScriptedServices,
  scriptedTask,
} from '../../../support/scripted-services.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';
import { startTestApi } from '../../../support/test-api.ts';

const SLOTS = 2;
const RETRY_SECONDS = 5;
const RUNS = Number(process.env['CODENCER_TEST_MODEL_RUNS'] ?? 25);

interface ModelStep {
  readonly id: string;
  state: StepState;
  readonly isGated: boolean;
  /** Attempts that its rule grants, for failures and for deaths of the daemon. */
  readonly grants: number;
  used: number;
  notBeforeMs: number;
  /** Its place among those of one priority. */
  enqueued: number;
  readonly priority: number;
  /** Questions of its executor that nobody has answered. While there is one it needs approval, and works. */
  questions: number;
}

/** What the machine has to do, said once more and as shortly as possible. */
interface Model {
  steps: ModelStep[];
  nowMs: number;
  count: number;
  isAborted: boolean;
}

const isWorking = ({ state, questions }: ModelStep) => state === 'running' || questions > 0;
const working = ({ steps }: Model) => steps.filter(isWorking);

function dispatch(model: Model): void {
  if (model.isAborted) return;
  const eligible = model.steps
    .filter(({ state, notBeforeMs }) => state === 'pending' && notBeforeMs <= model.nowMs)
    .sort((one, other) => other.priority - one.priority || one.enqueued - other.enqueued);
  for (const step of eligible.slice(0, Math.max(0, SLOTS - working(model).length))) {
    step.state = 'running';
    step.used += 1;
  }
}

function enqueue(model: Model, step: ModelStep, delayMs = 0): void {
  model.count += 1;
  step.state = 'pending';
  step.enqueued = model.count;
  step.notBeforeMs = model.nowMs + delayMs;
}

function fail(model: Model, step: ModelStep, otherwise: StepState): void {
  if (step.used < step.grants) enqueue(model, step, RETRY_SECONDS * 1000);
  else step.state = otherwise;
}

type Act = (model: Model, real: ScriptedServices) => Promise<void> | void;

/** Every command: what it does to the model and to the services, and what holds afterwards. */
function command(name: string, act: Act, check: (model: Readonly<Model>) => boolean = () => true) {
  return {
    check,
    toString: () => name,
    async run(model: Model, real: ScriptedServices): Promise<void> {
      await act(model, real);
      dispatch(model);
      await real.settle();
      expectSame(model, real);
      // Each command has a millisecond of its own, so that the order of the queue is that of the commands.
      model.nowMs += 1;
      real.advance(1);
    },
  };
}

function expectSame(model: Model, real: ScriptedServices): void {
  const { store } = real.context();
  expect(model.steps.map(({ id }) => [id, real.stateOf(id)])).toEqual(model.steps.map(({ id, state }) => [id, state]));
  for (const step of model.steps) {
    const { id, state, questions } = step;
    const attempts = store.attempts.listOfStep(StepId.parse(id));
    const live = attempts.filter((attempt) => isAttemptLive(attempt.state));
    expect(live.length).toBe(isStepInFlight(state) || isWorking(step) ? 1 : 0);
    const gates = store.gates.pendingOfStep(StepId.parse(id));
    expect(gates.length).toBe(questions > 0 ? questions : state === 'needs_approval' ? 1 : 0);
    expect(real.unanswered(id)).toBe(questions);
    for (const attempt of attempts) expect(store.leases.get(attempt.id) !== null).toBe(isAttemptLive(attempt.state));
  }
  const states = model.steps.map(({ state }) => state);
  const moves = states.some((state) => state === 'pending' || isStepInFlight(state));
  const waits = states.some((state) => !isTerminalStep(state));
  const run = moves || !waits ? 'running' : 'paused_for_gate';
  expect(store.runs.get(RUN)?.state).toBe(model.isAborted ? 'cancelled' : run);
}

const pickFrom = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

const submit = fc
  .record({ isGated: fc.boolean(), grants: fc.integer({ min: 1, max: 3 }), priority: fc.nat(2) })
  .map((task) =>
    command(`submit ${JSON.stringify(task)}`, async (model, real) => {
      const id = `s${model.steps.length + 1}`;
      const retry = {
        maxAttempts: task.grants,
        baseSeconds: RETRY_SECONDS,
        factor: 1,
        on: ['command_failed', 'interrupted'],
      };
      const policy = task.isGated ? { policyBundle: GATED_POLICY } : {};
      const spec = scriptedTask({ stepId: id, priority: task.priority, retry, ...policy });
      const submitted = await submitStep(real.context(), { runId: RUN, spec, originalInput: null, actor: 'test' });
      expect(submitted.ok).toBe(!model.isAborted);
      if (model.isAborted) return;
      const step = {
        id,
        ...task,
        state: 'pending',
        used: 0,
        notBeforeMs: 0,
        enqueued: 0,
        questions: 0,
      } satisfies ModelStep;
      model.steps.push(step);
      enqueue(model, step);
    }),
  );

const submitAgain = fc.nat().map((pick) =>
  command(`submit the ${pick}th again`, async (model, real) => {
    const step = pickFrom(model.steps, pick);
    if (step === undefined) return;
    const retry = {
      maxAttempts: step.grants,
      baseSeconds: RETRY_SECONDS,
      factor: 1,
      on: ['command_failed', 'interrupted'],
    };
    const policy = step.isGated ? { policyBundle: GATED_POLICY } : {};
    const spec = scriptedTask({ stepId: step.id, priority: step.priority, retry, ...policy });
    const again = await submitStep(real.context(), { runId: RUN, spec, originalInput: null, actor: 'test' });
    const isSettled = isTerminalStep(step.state) || step.state === 'needs_manual_attention';
    expect(again.ok).toBe(isSettled && !model.isAborted);
    if (!again.ok) return;
    step.used = 0;
    enqueue(model, step);
  }),
);

const finish = fc
  .record({ pick: fc.nat(), end: fc.constantFrom<ScriptedEnd>('completed', 'completed', 'failed', 'cut') })
  .map(({ pick, end }) =>
    command(`finish the ${pick}th: ${end}`, (model, real) => {
      const step = pickFrom(working(model), pick);
      if (step === undefined) return;
      real.finish(step.id, end);
      step.questions = 0;
      if (end === 'completed') step.state = step.isGated ? 'needs_approval' : 'completed';
      else if (end === 'cut') step.state = 'needs_manual_attention';
      else fail(model, step, 'failed_terminal');
    }),
  );

const ask = fc.nat().map((pick) =>
  command(`the ${pick}th asks`, (model, real) => {
    const step = pickFrom(working(model), pick);
    if (step === undefined) return;
    real.ask(step.id);
    step.questions += 1;
    step.state = 'needs_approval';
  }),
);

const cancel = fc.nat().map((pick) =>
  command(`cancel the ${pick}th`, async (model, real) => {
    const step = pickFrom(model.steps, pick);
    if (step === undefined) return;
    const cancelled = await cancelStep(real.context(), {
      stepId: StepId.parse(step.id),
      actor: 'test',
      reason: 'enough',
    });
    expect(cancelled.ok).toBe(!isTerminalStep(step.state) || step.state === 'cancelled');
    if (!cancelled.ok) return;
    step.state = 'cancelled';
    step.questions = 0;
  }),
);

const retry = fc.nat().map((pick) =>
  command(`retry the ${pick}th`, (model, real) => {
    const step = pickFrom(model.steps, pick);
    if (step === undefined) return;
    const retried = retryStep(real.context(), { stepId: StepId.parse(step.id), actor: 'test' });
    const isSettled = isTerminalStep(step.state) || step.state === 'needs_manual_attention';
    expect(retried.ok).toBe(isSettled && !model.isAborted);
    if (!retried.ok) return;
    step.used = 0;
    enqueue(model, step);
  }),
);

const resolve = fc.record({ pick: fc.nat(), as: fc.constantFrom(...RESOLVABLE_STATES) }).map(({ pick, as }) =>
  command(`resolve the ${pick}th as ${as}`, (model, real) => {
    const step = pickFrom(model.steps, pick);
    if (step === undefined) return;
    const resolved = resolveStep(real.context(), { stepId: StepId.parse(step.id), as, actor: 'test', reason: 'seen' });
    const isSettled = isTerminalStep(step.state) || step.state === 'needs_manual_attention';
    expect(resolved.ok).toBe(isSettled && step.state !== as && !model.isAborted);
    if (resolved.ok) step.state = as;
  }),
);

const decide = fc.record({ pick: fc.nat(), action: fc.constantFrom('approve', 'reject') }).map(({ pick, action }) =>
  command(`${action} the ${pick}th`, (model, real) => {
    const step = pickFrom(model.steps, pick);
    if (step === undefined) return;
    const [gate] = real.context().store.gates.pendingOfStep(StepId.parse(step.id));
    const gateId = step.questions > 1 && gate !== undefined ? gate.id : `gate-${step.id}`;
    const decided = decideGate(real.context(), { gateId, action, actor: 'test' });
    expect(decided.ok).toBe(step.state === 'needs_approval');
    if (!decided.ok) return;
    if (step.questions === 0) step.state = action === 'approve' ? 'completed' : 'cancelled';
    else answered(step);
  }),
);

function answered(step: ModelStep): void {
  step.questions -= 1;
  if (step.questions === 0) step.state = 'running';
}

const wait = fc.constantFrom(1000, 6000).map((ms) =>
  command(`wait ${ms} ms`, (model, real) => {
    model.nowMs += ms;
    real.advance(ms);
  }),
);

const die = fc.constant(
  command('the daemon dies', async (model, real) => {
    // In the order in which the record lists them, which is that of their starts.
    for (const step of working(model)) {
      step.questions = 0;
      fail(model, step, 'failed_bridge');
    }
    await real.die();
  }),
);

const abort = fc.constant(
  command('abort the run', async (model, real) => {
    const aborted = await abortRun(real.context(), { runId: RUN, actor: 'test', reason: 'enough' });
    expect(aborted.ok).toBe(!model.isAborted);
    model.isAborted = true;
    for (const step of model.steps) {
      step.questions = 0;
      if (!isTerminalStep(step.state)) step.state = 'cancelled';
    }
  }),
);

const commands = fc.commands(
  [submit, submit, ask, ask, finish, finish, submitAgain, cancel, retry, resolve, decide, decide, wait, die, abort],
  {
    maxCommands: 30,
    size: 'max',
  },
);

it('STATE-2, STATE-6, STATE-7, STATE-11, STATE-16, RUN-2, RUN-3, SRV-19, SRV-21, SRV-33, SRV-51, SRV-57, SRV-58, SRV-60: the services do what a model of them does, whatever happens in whatever order', async () => {
  const { context } = await startTestApi();
  await fc.assert(
    fc.asyncProperty(commands, async (drawn) => {
      const { store } = temporaryStore();
      const real = await openScriptedServices(store, context);
      const model: Model = { steps: [], nowMs: 1_800_000_000_000, count: 0, isAborted: false };
      await fc.asyncModelRun(() => ({ model, real }), drawn);
      expect(await store.events.verifyChain()).toMatchObject({ ok: true });
      store.close();
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
}, 60_000);
