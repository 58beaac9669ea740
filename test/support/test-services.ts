import { join } from 'node:path';
import { onTestFinished } from 'vitest';

import { RunId, StepId } from '../../contract/ids.ts';
import type { StepRecord } from '../../contract/records.ts';
import { TaskSpec } from '../../contract/task-spec.ts';
import { createOutputPipes } from '../../main/daemon/adapters/process/output-pipes.ts';
import type { ProcessHost } from '../../main/daemon/adapters/process/supervise.ts';
import { composeContext } from '../../main/daemon/compose/compose-context.ts';
import { openPlace, pipesFolder } from '../../main/daemon/compose/open-place.ts';
import type { Log, ServiceContext } from '../../main/daemon/services/context.ts';
import type { Dispatcher } from '../../main/daemon/services/dispatcher.ts';
import { startRun } from '../../main/daemon/services/start-run.ts';
import { submitStep } from '../../main/daemon/services/submit-step.ts';
import { waitForStep } from '../../main/daemon/services/wait.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { successOf } from './success-of.ts';
import { createRepository, type TemporaryRepository } from './temporary-repository.ts';

/** The services as the daemon composes them, over a real repository and a real record, in this process and without an edge. */
export interface TestServices {
  /** A test may replace what is in it (`replaceIn`): everything is read when it is needed. */
  readonly context: { -readonly [Port in keyof ServiceContext]: ServiceContext[Port] };
  /** Nothing is dispatched before its `start`. */
  readonly dispatcher: Dispatcher;
  readonly store: Store;
  readonly repository: TemporaryRepository;
  readonly stateDir: string;
  readonly host: ProcessHost;
  /** What the daemon's own log got. */
  readonly logged: readonly string[];
}

export async function openTestServices(): Promise<TestServices> {
  const repository = createRepository();
  const logged: string[] = [];
  const log: Log = (level, message, facts) =>
    logged.push(
      `${level} ${message} ${JSON.stringify(facts ?? {}, (_, value) => (value instanceof Error ? value.stack : value))}`,
    );
  const place = successOf(await openPlace({ repoRoot: repository.root, port: 0 }, log));
  const pipes = createOutputPipes(pipesFolder(place.stateDir));
  const host = { clock: Date.now, pipes };
  const { context, dispatcher } = composeContext(place, {
    host,
    log,
    instance: () => {
      throw new Error('there is no edge');
    },
  });
  onTestFinished(async () => {
    await dispatcher.stop();
    await context.live.stop(() => true, { reason: 'shutdown', actor: 'test', why: 'the test is over' });
    await pipes.dispose();
    place.close();
    repository.remove();
  });
  const stateDir = join(repository.root, '.codencer');
  return { context, dispatcher, store: place.store, repository, stateDir, host, logged };
}

/** Replaces a part of a port. `before` is the port as it was. */
export function replaceIn<Name extends 'store' | 'workspaces' | 'evidence' | 'processes' | 'executors' | 'policies'>(
  { context }: Pick<TestServices, 'context'>,
  name: Name,
  change: (before: ServiceContext[Name]) => Partial<ServiceContext[Name]>,
): void {
  const before = context[name];
  Object.assign(context, { [name]: { ...before, ...change(before) } });
}

export const runIdOf = (id: string): RunId => RunId.parse(id);
export const stepIdOf = (id: string): StepId => StepId.parse(id);

/** A run that is open. */
export function openRun(
  { context }: Pick<TestServices, 'context'>,
  id = 'r1',
  more: { readonly closeWhenIdle?: boolean } = {},
): RunId {
  return successOf(startRun(context, { id: runIdOf(id), actor: 'test', ...more })).run.id;
}

/** A task for the simulation unless it says otherwise. */
export const taskOf = (task: object = {}): TaskSpec => TaskSpec.parse({ adapterProfile: 'simulation', ...task });

export const shellTask = (run: string, task: object = {}): TaskSpec =>
  taskOf({ adapterProfile: 'command', recipe: { steps: [{ run }] }, ...task });

export const submit = async ({ context }: Pick<TestServices, 'context'>, spec: TaskSpec = taskOf(), runId = 'r1') =>
  submitStep(context, { runId: runIdOf(runId), spec, originalInput: null, actor: 'test' });

/** Waits until the step has settled. */
export async function settled({ context }: Pick<TestServices, 'context'>, stepId: StepId): Promise<StepRecord> {
  const wait = await waitForStep(context, { stepId, timeoutMs: 20_000, signal: new AbortController().signal });
  return successOf(wait).step;
}
