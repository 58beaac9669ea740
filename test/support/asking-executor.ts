import { ExecutorProfile } from '../../contract/executor-profile.ts';
import type { PermissionRequest } from '../../contract/permission.ts';
import { ok } from '../../contract/result.ts';
import type {
  AskPermission,
  Executor,
  ExecutorOutcome,
  ExecutorTask,
  StopReason,
} from '../../main/daemon/adapters/executors/executor.ts';
import type { ServiceContext } from '../../main/daemon/services/context.ts';

/** One attempt of an executor that does what the test says, in this process. */
export interface AskingRun {
  readonly task: ExecutorTask;
  readonly ask: (request?: Partial<PermissionRequest>, signal?: AbortSignal) => ReturnType<AskPermission>;
  readonly stopped: readonly StopReason[];
  readonly end: () => void;
}

export interface AskingExecutor {
  readonly executor: Executor;
  /** The run of the next attempt that starts. */
  readonly next: () => Promise<AskingRun>;
}

const NEVER = new AbortController().signal;

export const requestOf = (request: Partial<PermissionRequest> = {}): PermissionRequest => ({
  tool: 'Bash',
  toolKind: 'execute',
  title: 'npm test',
  command: 'npm test',
  cwd: null,
  paths: [],
  diff: null,
  input: '{"command":"npm test"}',
  reason: '',
  ...request,
});

/** Ends when the test says so, or as soon as it is stopped unless it `lingers`. */
export function createAskingExecutor({ lingers = false }: { readonly lingers?: boolean } = {}): AskingExecutor {
  const started: AskingRun[] = [];
  const waiting: ((run: AskingRun) => void)[] = [];
  const executor: Executor = {
    name: ASKER,
    agent: null,
    async start(task) {
      const { promise: ended, resolve } = Promise.withResolvers<ExecutorOutcome>();
      const stopped: StopReason[] = [];
      const run: AskingRun = {
        task,
        ask: (request, signal = NEVER) => task.askPermission(requestOf(request), signal),
        stopped,
        end: () => resolve(outcome(stopped[0])),
      };
      const stop = (reason: StopReason) => {
        stopped.push(reason);
        if (!lingers) run.end();
      };
      const taker = waiting.shift();
      if (taker === undefined) started.push(run);
      else taker(run);
      return ok({ process: null, invocation: null, ended, stop });
    },
  };
  return {
    executor,
    next() {
      const run = started.shift();
      return run === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(run);
    },
  };
}

const outcome = (stopped: StopReason | undefined): ExecutorOutcome => ({
  end: stopped === undefined ? { kind: 'completed' } : { kind: 'stopped', reason: stopped },
  summary: 'Done.',
  ifUnchanged: null,
  usage: null,
  questions: [],
  exitCode: 0,
  signal: null,
  session: null,
  model: null,
  doubts: [],
  leftoverCount: 0,
  problems: [],
});

export const ASKER = 'asker';

/** Executors among which `asker`, by its profile a Claude, is this one. */
export function withAsking(
  before: ServiceContext['executors'],
  { executor }: AskingExecutor,
  permissions: object = {},
  limits: object = {},
): Partial<ServiceContext['executors']> {
  const profile = ExecutorProfile.parse({
    name: ASKER,
    agent: 'claude',
    transport: 'stream-json',
    permissions,
    limits,
  });
  const asker = {
    name: ASKER,
    source: { kind: 'built in', file: null },
    profile,
    profileHash: '',
    problems: [],
  } as const;
  return {
    find: (name, mode) => (name === ASKER ? executor : before.find(name, mode)),
    whyUnavailable: async () => null,
    environment: () => ok({}),
    shelf: () => ({ executors: new Map([...before.shelf().executors, [ASKER, asker]]), problems: [] }),
  };
}
