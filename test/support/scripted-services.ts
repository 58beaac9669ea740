import { setImmediate as turn } from 'node:timers/promises';
import { RunId, StepId } from '../../contract/ids.ts';
import { err, ok } from '../../contract/result.ts';
import type { StepState } from '../../contract/step-state.ts';
import { TaskSpec } from '../../contract/task-spec.ts';
import type { ExecutorOutcome, ExecutorTask, StopReason } from '../../main/daemon/adapters/executors/executor.ts';
import { nothingSalvaged } from '../../main/daemon/services/collect-attempt.ts';
import type { ServiceContext } from '../../main/daemon/services/context.ts';
import { createDispatcher } from '../../main/daemon/services/dispatcher.ts';
import { createLiveAttempts } from '../../main/daemon/services/live-attempts.ts';
import type { Evidence } from '../../main/daemon/services/ports/evidence.ts';
import type { Processes } from '../../main/daemon/services/ports/processes.ts';
import type { Workspaces } from '../../main/daemon/services/ports/workspaces.ts';
import { recover } from '../../main/daemon/services/recover.ts';
import { startRun } from '../../main/daemon/services/start-run.ts';
import { createWatch } from '../../main/daemon/services/watch.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { requestOf } from './asking-executor.ts';
import { sampleExecutors } from './sample-shelf.ts';
import { successOf } from './success-of.ts';

export const GATED_POLICY = 'gated';
export const RUN = RunId.parse('r');

/** How a program ends when the script says so. */
export type ScriptedEnd = 'completed' | 'failed' | 'cut';

/**
 * Services over a real record with everything else scripted: programs end when they are told to, the clock moves when it
 * is told to, and a death of the daemon is a new one over the same record.
 */
export interface ScriptedServices {
  context(): ServiceContext;
  advance(ms: number): void;
  /** Ends the program of a step that runs. */
  finish(stepId: string, end: ScriptedEnd): void;
  /** Lets the program of a step ask for a permission. */
  ask(stepId: string): void;
  /** How many questions of the step have no answer yet. */
  unanswered(stepId: string): number;
  /** Lets everything happen that can happen now. */
  settle(): Promise<void>;
  die(): Promise<void>;
  stateOf(stepId: string): StepState | null;
}

const TURNS = 60;

export async function openScriptedServices(store: Store, base: ServiceContext): Promise<ScriptedServices> {
  let nowMs = 1_800_000_000_000;
  let daemon = 0;
  const programs = new Map<string, ScriptedProgram>();
  const unanswered = new Map<string, number>();
  const count = (stepId: string, change: number) => unanswered.set(stepId, (unanswered.get(stepId) ?? 0) + change);
  const boot = () => {
    daemon += 1;
    const dispatcher = createDispatcher(() => context, `daemon-${daemon}`);
    const context: ServiceContext = {
      ...base,
      store,
      clock: () => nowMs,
      settings: { slots: 2, leaseTtlSeconds: 60, defaultExecutor: 'scripted', isSimulated: () => false },
      workspaces,
      evidence: { ...base.evidence, ...evidence },
      processes,
      executors: {
        ...sampleExecutors(),
        find: (name) => ({ name, agent: null, start: async (task) => ok(program(programs, task)) }),
      },
      policies: {
        pin: async (name) => ok({ document: { name }, judge: judge(name) }),
        read: (document) => ok(judge(JSON.stringify(document))),
      },
      live: createLiveAttempts({ onBug: (error) => bugs.push(error), onDidEnd: () => dispatcher.wake() }),
      submitting: new Set(),
      watch: createWatch(store),
      wakeDispatcher: () => dispatcher.wake(),
    };
    return { context, dispatcher };
  };
  const bugs: unknown[] = [];
  let living = boot();
  const settle = async () => {
    for (let count = 0; count < TURNS; count += 1) await turn();
    if (bugs.length > 0) throw new Error('a service broke', { cause: bugs[0] });
  };
  successOf(startRun(living.context, { id: RUN, actor: 'test' }));
  living.dispatcher.start();
  return {
    context: () => living.context,
    advance(ms) {
      nowMs += ms;
      living.dispatcher.wake();
    },
    finish(stepId, end) {
      programs.get(stepId)?.end(OUTCOMES[end]);
    },
    ask(stepId) {
      const answer = programs.get(stepId)?.ask();
      if (answer === undefined) return;
      count(stepId, 1);
      void answer.then(() => count(stepId, -1));
    },
    unanswered: (stepId) => unanswered.get(stepId) ?? 0,
    settle,
    async die() {
      await living.dispatcher.stop();
      programs.clear();
      living = boot();
      await recover(living.context);
      living.dispatcher.start();
    },
    stateOf: (stepId) => store.steps.get(StepId.parse(stepId))?.state ?? null,
  };
}

const judge = (name: string) => () =>
  name.includes(GATED_POLICY)
    ? ({ decision: 'gate', reasons: ['a person has to look'] } as const)
    : ({ decision: 'pass', reasons: [] } as const);

const ended = (end: ExecutorOutcome['end'], problems: readonly string[] = []): ExecutorOutcome => ({
  end,
  summary: `scripted: ${end.kind}`,
  ifUnchanged: null,
  usage: null,
  questions: [],
  exitCode: end.kind === 'completed' ? 0 : 1,
  signal: null,
  session: null,
  model: null,
  doubts: [],
  leftoverCount: 0,
  problems,
});

const OUTCOMES: Readonly<Record<ScriptedEnd, ExecutorOutcome>> = {
  completed: ended({ kind: 'completed' }),
  failed: ended({ kind: 'failed', failureClass: 'command_failed' }),
  cut: ended({ kind: 'completed' }, ['a process could not be ended']),
};

interface ScriptedProgram {
  readonly end: (outcome: ExecutorOutcome) => void;
  readonly ask: () => Promise<unknown>;
}

function program(programs: Map<string, ScriptedProgram>, task: ExecutorTask) {
  const { promise, resolve } = Promise.withResolvers<ExecutorOutcome>();
  const ask = () => task.askPermission(requestOf(), new AbortController().signal);
  programs.set(task.stepId, { end: resolve, ask });
  return {
    process: null,
    invocation: null,
    ended: promise,
    stop: (reason: StopReason) => resolve(ended({ kind: 'stopped', reason })),
  };
}

const workspaces: Workspaces = {
  resolveBase: async () => ok('c'.repeat(40)),
  create: async () => ok({ path: '/nowhere', notes: [] }),
  provision: async () => ok({ success: true, summary: '', log: [], durationMs: 0, environmentFiles: [], symlinks: [] }),
  environment: async () => ({}),
  salvage: async () =>
    ok({
      record: nothingSalvaged(null),
      filesChanged: [],
      touchedPaths: [],
      losses: [],
      hasBinaryChanges: false,
      isFolderGone: false,
      overLimit: [],
    }),
  salvageAfterValidations: async () => ok(null),
  remove: async () => ok(undefined),
  exists: async () => true,
  pathAgain: (path) => path,
  pathOf: () => '/nowhere',
  pathWithin: async () => null,
  pathNames: async (_tree, { path }) => [path],
  whereIs: (_place, recordedPath) => recordedPath,
  list: async () => [],
  release: async () => ok(undefined),
  restoreCommands: () => [],
};

const evidence: Pick<Evidence, 'writeSubmission' | 'openAttempt' | 'openLog' | 'sealLogs' | 'harvest' | 'redact'> = {
  writeSubmission: async () => ok([]),
  openAttempt: async () => ok({ path: '/nowhere' }),
  openLog: async () => ok({ write: () => undefined, close: async () => ok(undefined) }),
  sealLogs: async () => ok(undefined),
  harvest: async () => ok({ files: [], skipped: [], problems: [] }),
  redact: (text) => text,
};

const processes: Processes = {
  runShell: async () => err({ sentence: 'no shell is scripted' }),
  stopMarked: async () => ({ ended: 0, problems: [] }),
  stopStrays: async () => ({ ended: 0, problems: [] }),
  stopLeftGit: async () => ({ ended: 0, problems: [] }),
  environment: () => ({}),
  openTemporary: async () => ok(undefined),
  removeTemporary: async () => ok(undefined),
  removeStrayTemporaries: async () => [],
};

export const scriptedTask = (task: object): TaskSpec =>
  TaskSpec.parse({ adapterProfile: 'command', recipe: { steps: [{ run: 'scripted' }] }, ...task });
